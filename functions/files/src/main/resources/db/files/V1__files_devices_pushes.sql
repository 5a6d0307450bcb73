-- What is kept once, whoever uploaded it: content that was verified.
CREATE TABLE contents (
    sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size       bigint      NOT NULL CHECK (size > 0),
    chunks     bytea       NOT NULL,
    type       text        NOT NULL,
    risk       text CHECK (risk IN ('program', 'active')),
    blob       text        NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

CREATE TABLE files (
    id            text PRIMARY KEY,
    owner_id      text        NOT NULL,
    name          text        NOT NULL,
    size          bigint      NOT NULL CHECK (size > 0),
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    chunks        bytea       NOT NULL,
    declared_type text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('uploading', 'checking', 'ready', 'refused', 'removed')),
    reason        text CHECK (reason IN ('size', 'chunk_hash', 'hash', 'type')),
    -- What it is once it was verified; until then what was sent has a place of its own.
    content       text REFERENCES contents (sha256),
    blob          text,
    upload        text,
    share_with    text,
    claimed_until timestamptz,
    created_at    timestamptz NOT NULL,
    ready_at      timestamptz,
    expires_at    timestamptz NOT NULL,
    CHECK ((state = 'ready') = (content IS NOT NULL)),
    CHECK (state NOT IN ('uploading', 'checking') OR blob IS NOT NULL)
);

CREATE INDEX files_of_owner ON files (owner_id, created_at DESC) WHERE state <> 'removed';
CREATE INDEX files_of_content ON files (content) WHERE content IS NOT NULL;
CREATE INDEX files_unfinished ON files (expires_at) WHERE state = 'uploading';
CREATE INDEX files_unchecked ON files (claimed_until) WHERE state = 'checking';

-- Bytes that nothing names any more, and from when they may go: an address that was given out lives five minutes.
CREATE TABLE doomed (
    blob   text PRIMARY KEY,
    upload text,
    due    timestamptz NOT NULL
);

CREATE TABLE shares (
    file_id         text        NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    conversation_id text        NOT NULL,
    shared_by       text        NOT NULL,
    shared_at       timestamptz NOT NULL,
    PRIMARY KEY (file_id, conversation_id)
);

CREATE TABLE devices (
    id         text PRIMARY KEY,
    owner_id   text,
    name       text        NOT NULL,
    kind       text        NOT NULL,
    -- Of what it signs in with; the text itself is kept nowhere.
    credential text,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen  timestamptz,
    removed_at timestamptz,
    CHECK (owner_id IS NOT NULL OR credential IS NOT NULL OR removed_at IS NOT NULL)
);

CREATE INDEX devices_of_owner ON devices (owner_id, created_at) WHERE removed_at IS NULL;
CREATE INDEX devices_of_nobody ON devices (created_at) WHERE owner_id IS NULL AND removed_at IS NULL;

CREATE TABLE pushes (
    id             text PRIMARY KEY,
    file_id        text        NOT NULL REFERENCES files (id),
    sender_id      text        NOT NULL,
    sender_name    text        NOT NULL,
    note           text        NOT NULL,
    client_push_id text,
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    called_back_at timestamptz,
    -- Whether everybody's notice was left in the outbox.
    noticed        boolean     NOT NULL DEFAULT false,
    -- When the sender was told last, and whether something happened since.
    told_at        timestamptz,
    untold         boolean     NOT NULL DEFAULT false,
    UNIQUE (sender_id, client_push_id)
);

CREATE INDEX pushes_of_sender ON pushes (sender_id, created_at DESC);
CREATE INDEX pushes_of_file ON pushes (file_id) WHERE called_back_at IS NULL;
CREATE INDEX pushes_to_notice ON pushes (created_at) WHERE NOT noticed;
CREATE INDEX pushes_to_tell ON pushes (told_at) WHERE untold;

-- People a push goes to: they may read the file, on whatever device.
CREATE TABLE push_people (
    push_id text NOT NULL REFERENCES pushes (id) ON DELETE CASCADE,
    user_id text NOT NULL,
    PRIMARY KEY (push_id, user_id)
);

CREATE INDEX push_people_of_user ON push_people (user_id);

CREATE TABLE deliveries (
    push_id    text        NOT NULL REFERENCES pushes (id) ON DELETE CASCADE,
    device_id  text        NOT NULL REFERENCES devices (id),
    user_id    text,
    state      text        NOT NULL CHECK (state IN ('waiting', 'notified', 'downloading', 'done', 'failed')),
    bytes      bigint      NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    attempt    integer     NOT NULL DEFAULT 1 CHECK (attempt > 0),
    reason     text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (push_id, device_id)
);

CREATE INDEX deliveries_of_device ON deliveries (device_id) WHERE state <> 'done';

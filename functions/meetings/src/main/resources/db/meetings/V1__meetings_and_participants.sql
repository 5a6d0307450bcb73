CREATE TABLE meetings (
    id               text PRIMARY KEY,
    title            text        NOT NULL,
    description      text        NOT NULL DEFAULT '',
    host_id          text        NOT NULL,
    host_name        text        NOT NULL,
    status           text        NOT NULL CHECK (status IN ('scheduled', 'active', 'ended', 'cancelled')),
    meeting_type     text        NOT NULL CHECK (meeting_type IN ('video', 'audio')),
    max_participants integer     NOT NULL CHECK (max_participants BETWEEN 1 AND 1000),
    password_hash    text,
    settings         jsonb       NOT NULL,
    start_time       timestamptz,
    end_time         timestamptz,
    started_at       timestamptz,
    ended_at         timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          bigint      NOT NULL
);

CREATE INDEX meetings_of_host ON meetings (host_id, created_at DESC);

-- Who was in a meeting: written once, when it ends. While it goes on its people are in the LiveMeetings table.
CREATE TABLE participants (
    id           text PRIMARY KEY,
    meeting_id   text        NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    user_id      text        NOT NULL,
    display_name text        NOT NULL,
    role         text        NOT NULL CHECK (role IN ('host', 'participant', 'guest')),
    status       text        NOT NULL,
    csrc         integer     NOT NULL,
    joined_at    timestamptz,
    left_at      timestamptz,
    UNIQUE (meeting_id, user_id)
);

CREATE INDEX participants_of_user ON participants (user_id, meeting_id);

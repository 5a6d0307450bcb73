CREATE TABLE invitations (
    id         text PRIMARY KEY,
    meeting_id text        NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    email      text        NOT NULL,
    key        text        NOT NULL,
    locale     text        NOT NULL,
    invited_at timestamptz NOT NULL,
    told       bigint      NOT NULL,
    UNIQUE (meeting_id, email)
);

-- Rises when all sessions of an account end, so that none that is opened at the same moment with the old password lives on.
ALTER TABLE users ADD COLUMN session_epoch bigint NOT NULL DEFAULT 0;

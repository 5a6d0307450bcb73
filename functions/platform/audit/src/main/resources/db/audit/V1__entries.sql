CREATE TABLE audit_entries (
    seq        bigint      PRIMARY KEY CHECK (seq > 0),
    id         text        NOT NULL UNIQUE,
    at         timestamptz NOT NULL,
    actor_id   text        NOT NULL,
    actor_role text        NOT NULL,
    source_ip  text        NOT NULL,
    request_id text        NOT NULL,
    act        text        NOT NULL,
    subject    text        NOT NULL,
    outcome    text        NOT NULL,
    before     jsonb       NOT NULL,
    after      jsonb       NOT NULL,
    previous   bytea       NOT NULL CHECK (octet_length(previous) = 32),
    hash       bytea       NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE INDEX audit_of_actor ON audit_entries (actor_id, seq DESC);
CREATE INDEX audit_of_subject ON audit_entries (subject, seq DESC);

-- Entries are added, never changed. Whoever owns the table can take this away, and the chain then tells that something was changed.
CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or removed';
END
$$;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();

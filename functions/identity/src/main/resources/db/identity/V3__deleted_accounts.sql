-- A deleted account is a row without a person: other tables may go on naming it.
ALTER TABLE users DROP CONSTRAINT users_status_check;
ALTER TABLE users ADD CONSTRAINT users_status_check CHECK (status IN ('active', 'banned', 'deleted'));

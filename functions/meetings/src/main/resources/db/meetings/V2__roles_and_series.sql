ALTER TABLE participants DROP CONSTRAINT participants_role_check;
ALTER TABLE participants ADD CONSTRAINT participants_role_check
    CHECK (role IN ('host', 'co-host', 'presenter', 'participant', 'guest', 'viewer'));

-- A meeting that takes place again under the same code: its rule, and the number of the next time or of the one going on.
ALTER TABLE meetings ADD COLUMN recurrence text;
ALTER TABLE meetings ADD COLUMN time_zone text;
ALTER TABLE meetings ADD COLUMN series_start timestamptz;
ALTER TABLE meetings ADD COLUMN occurrence integer NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD CONSTRAINT meetings_series_check
    CHECK ((recurrence IS NULL) = (time_zone IS NULL) AND (recurrence IS NULL) = (series_start IS NULL));

-- Who was in is kept for every time.
ALTER TABLE participants ADD COLUMN occurrence integer NOT NULL DEFAULT 0;
ALTER TABLE participants DROP CONSTRAINT participants_pkey;
ALTER TABLE participants ADD PRIMARY KEY (id, occurrence);
ALTER TABLE participants DROP CONSTRAINT participants_meeting_id_user_id_key;
CREATE INDEX participants_of_meeting ON participants (meeting_id, occurrence);

CREATE TABLE pairs (name text PRIMARY KEY, value integer NOT NULL);

CREATE TABLE users (
    id            text        PRIMARY KEY,
    username      varchar(20) NOT NULL,
    email         varchar(254) NOT NULL,
    password_hash text        NOT NULL,
    nickname      varchar(50) NOT NULL,
    avatar        varchar(500) NOT NULL DEFAULT '',
    phone         varchar(32) NOT NULL DEFAULT '',
    role          varchar(16) NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'moderator', 'admin')),
    status        varchar(16) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'banned')),
    last_login    timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);

-- Ada and ada are one name; so are the two ways to write an address.
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX users_email ON users (lower(email));

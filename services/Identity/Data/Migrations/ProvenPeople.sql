ALTER TABLE users ADD COLUMN proven_at timestamp with time zone;


ALTER TABLE users ADD COLUMN proven_by text;


ALTER TABLE users ADD COLUMN closed_at timestamp with time zone;


ALTER TABLE users ADD COLUMN closed_by text;


DROP INDEX ix_users_iin;


CREATE UNIQUE INDEX ix_users_iin ON users (iin) WHERE closed_at IS NULL;


DROP INDEX ix_users_normalized_email;


CREATE UNIQUE INDEX ix_users_normalized_email ON users (normalized_email) WHERE closed_at IS NULL;


ALTER TABLE administrator_actions ADD COLUMN ground text;


ALTER TABLE refresh_tokens ADD COLUMN parent bytea;


CREATE TABLE security_events (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    network text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_security_events PRIMARY KEY (id),
    CONSTRAINT fk_security_events_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);


CREATE INDEX ix_security_events_at ON security_events (at);


CREATE INDEX ix_security_events_user_id_id ON security_events (user_id, id);

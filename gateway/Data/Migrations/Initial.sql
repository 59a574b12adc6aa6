CREATE TABLE data_protection_keys (
    id uuid NOT NULL,
    friendly_name text NOT NULL,
    xml text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_data_protection_keys PRIMARY KEY (id)
);

CREATE TABLE fences (
    id uuid NOT NULL,
    version integer NOT NULL,
    seal_id uuid NOT NULL,
    CONSTRAINT pk_fences PRIMARY KEY (id)
);

CREATE TABLE idempotent_answers (
    caller_id uuid NOT NULL,
    call text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    location text,
    etag text,
    content_type text,
    body bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_idempotent_answers PRIMARY KEY (caller_id, call, key)
);

CREATE TABLE inbox_messages (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_inbox_messages PRIMARY KEY (message_id, consumer)
);

CREATE TABLE outbox_messages (
    id uuid NOT NULL,
    type text NOT NULL,
    body jsonb NOT NULL,
    trace_parent text,
    attempts integer NOT NULL,
    not_before timestamp with time zone NOT NULL,
    CONSTRAINT pk_outbox_messages PRIMARY KEY (id)
);

CREATE TABLE readings (
    id uuid NOT NULL,
    reader_id uuid NOT NULL,
    role text NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    application_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_readings PRIMARY KEY (id)
);

CREATE TABLE sessions (
    id bytea NOT NULL,
    user_id uuid NOT NULL,
    tokens bytea NOT NULL,
    access_expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (id)
);

CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);

CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);

CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);

CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);

CREATE INDEX ix_readings_at ON readings (at);

CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);


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

CREATE TABLE notifications (
    id uuid NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    application_id uuid NOT NULL,
    organisation_path uuid[] NOT NULL,
    title_kk text NOT NULL,
    title_ru text NOT NULL,
    text_kk text NOT NULL,
    text_ru text NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT pk_notifications PRIMARY KEY (id)
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

CREATE TABLE preferences (
    person_id uuid NOT NULL,
    email boolean NOT NULL,
    language text,
    CONSTRAINT pk_preferences PRIMARY KEY (person_id)
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

CREATE TABLE letters (
    notification_id uuid NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    not_before timestamp with time zone NOT NULL,
    failure text,
    sent_at timestamp with time zone,
    CONSTRAINT pk_letters PRIMARY KEY (notification_id),
    CONSTRAINT fk_letters_notifications_notification_id FOREIGN KEY (notification_id) REFERENCES notifications (id) ON DELETE CASCADE
);

CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);

CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);

CREATE INDEX ix_letters_failed ON letters (notification_id) WHERE state = 'failed';

CREATE INDEX ix_letters_waiting ON letters (not_before) WHERE state = 'waiting';

CREATE UNIQUE INDEX ix_notifications_event_id_person_id ON notifications (event_id, person_id);

CREATE INDEX ix_notifications_person_id_sequence ON notifications (person_id, sequence);

CREATE INDEX ix_notifications_unread ON notifications (person_id, sequence) WHERE read_at is null;

CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);

CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);

CREATE INDEX ix_readings_at ON readings (at);


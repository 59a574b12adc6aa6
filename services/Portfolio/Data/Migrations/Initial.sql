CREATE TABLE block_changes (
    application_id uuid NOT NULL,
    block text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_block_changes PRIMARY KEY (application_id, block)
);


CREATE TABLE entries (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    block text NOT NULL,
    version integer NOT NULL,
    fields jsonb NOT NULL,
    file_ids uuid[] NOT NULL,
    CONSTRAINT pk_entries PRIMARY KEY (id)
);


CREATE TABLE fences (
    id uuid NOT NULL,
    version integer NOT NULL,
    seal_id uuid NOT NULL,
    CONSTRAINT pk_fences PRIMARY KEY (id)
);


CREATE TABLE files (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    name text NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    scan text NOT NULL,
    unreferenced_since timestamp with time zone,
    CONSTRAINT pk_files PRIMARY KEY (id)
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


CREATE TABLE portfolios (
    application_id uuid NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_portfolios PRIMARY KEY (application_id)
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


CREATE TABLE reviews (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    block text NOT NULL,
    submission integer NOT NULL,
    verdict text NOT NULL,
    comment text,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    version integer NOT NULL,
    edit_version integer NOT NULL,
    CONSTRAINT pk_reviews PRIMARY KEY (id)
);


CREATE TABLE snapshots (
    seal_id uuid NOT NULL,
    application_id uuid NOT NULL,
    submission integer NOT NULL,
    content jsonb NOT NULL,
    file_ids uuid[] NOT NULL,
    CONSTRAINT pk_snapshots PRIMARY KEY (seal_id)
);


CREATE INDEX ix_entries_application_id_block ON entries (application_id, block);


CREATE INDEX ix_entries_file_ids ON entries USING gin (file_ids);


CREATE INDEX files_to_scan ON files (id) WHERE scan = 'pending';


CREATE INDEX ix_files_application_id ON files (application_id);


CREATE INDEX ix_files_unreferenced_since ON files (unreferenced_since) WHERE unreferenced_since is not null;


CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);


CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);


CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);


CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);


CREATE INDEX ix_readings_at ON readings (at);


CREATE INDEX ix_reviews_application_id ON reviews (application_id);


CREATE INDEX ix_snapshots_application_id ON snapshots (application_id);


CREATE INDEX ix_snapshots_file_ids ON snapshots USING gin (file_ids);



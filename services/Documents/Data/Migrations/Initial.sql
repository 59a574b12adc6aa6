CREATE TABLE documents (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    edit_version integer NOT NULL,
    submission integer NOT NULL,
    code text NOT NULL,
    content bytea NOT NULL,
    sha256 text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id uuid NOT NULL,
    reasons jsonb NOT NULL,
    replaced_at timestamp with time zone,
    CONSTRAINT pk_documents PRIMARY KEY (id)
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


CREATE TABLE scan_uploads (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_scan_uploads PRIMARY KEY (id)
);


CREATE TABLE signatures (
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    method text NOT NULL,
    signer_id uuid NOT NULL,
    signer_name text NOT NULL,
    signer_role text NOT NULL,
    organisation_kk text NOT NULL,
    organisation_ru text NOT NULL,
    at timestamp with time zone NOT NULL,
    cms bytea,
    scan_id uuid,
    scan_name text,
    scan_type text,
    scan_size bigint,
    scan_state text,
    replaced_at timestamp with time zone,
    CONSTRAINT pk_signatures PRIMARY KEY (id),
    CONSTRAINT fk_signatures_documents_document_id FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE RESTRICT
);


CREATE INDEX ix_documents_application_id ON documents (application_id);


CREATE UNIQUE INDEX ix_documents_code ON documents (code);


CREATE UNIQUE INDEX one_receipt_a_submission ON documents (application_id, submission) WHERE kind <> 'statement' and replaced_at is null;


CREATE UNIQUE INDEX one_statement_an_edit ON documents (application_id, edit_version) WHERE kind = 'statement';


CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);


CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);


CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);


CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);


CREATE INDEX ix_readings_at ON readings (at);


CREATE INDEX ix_scan_uploads_at ON scan_uploads (at);


CREATE INDEX ix_signatures_document_id ON signatures (document_id);


CREATE INDEX ix_signatures_scan_id ON signatures (scan_id);


CREATE INDEX scans_to_scan ON signatures (id) WHERE scan_state = 'pending';



CREATE TABLE uploads (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    name text NOT NULL,
    metadata text,
    length bigint NOT NULL,
    received bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    file_id uuid,
    refusal text,
    used boolean NOT NULL,
    CONSTRAINT pk_uploads PRIMARY KEY (id)
);


CREATE TABLE upload_pieces (
    id uuid NOT NULL,
    upload_id uuid NOT NULL,
    start bigint NOT NULL,
    size bigint,
    CONSTRAINT pk_upload_pieces PRIMARY KEY (id),
    CONSTRAINT fk_upload_pieces_uploads_upload_id FOREIGN KEY (upload_id) REFERENCES uploads (id) ON DELETE CASCADE
);


CREATE INDEX ix_uploads_expires_at ON uploads (expires_at);


CREATE INDEX ix_upload_pieces_upload_id ON upload_pieces (upload_id);

ALTER TABLE signatures ADD verdict text;
ALTER TABLE signatures ADD reason text;
ALTER TABLE signatures ADD ask_again_at timestamp with time zone;


CREATE TABLE verifications (
    id uuid NOT NULL,
    signature_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    verdict text NOT NULL,
    record jsonb NOT NULL,
    parts text[] NOT NULL,
    CONSTRAINT pk_verifications PRIMARY KEY (id),
    CONSTRAINT fk_verifications_signatures_signature_id FOREIGN KEY (signature_id) REFERENCES signatures (id) ON DELETE RESTRICT
);


CREATE TABLE evidence_parts (
    sha256 text NOT NULL,
    kind text NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_evidence_parts PRIMARY KEY (sha256)
);


CREATE INDEX ix_verifications_signature_id ON verifications (signature_id);


CREATE INDEX signatures_to_ask_about ON signatures (ask_again_at) WHERE ask_again_at is not null;

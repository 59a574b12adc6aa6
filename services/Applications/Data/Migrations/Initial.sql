CREATE SEQUENCE application_numbers START WITH 1 INCREMENT BY 1 NO CYCLE;

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

CREATE TABLE organisations (
    id uuid NOT NULL,
    parent_id uuid,
    level text NOT NULL,
    kind text NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    bin text NOT NULL,
    kato text NOT NULL,
    subordination text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_organisations PRIMARY KEY (id)
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

CREATE TABLE applications (
    id uuid NOT NULL,
    number text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    edit_version integer NOT NULL,
    teacher_id uuid NOT NULL,
    teacher_name text COLLATE "kk-x-icu" NOT NULL,
    organisation_id uuid NOT NULL,
    organisation_path uuid[] NOT NULL,
    district_id uuid,
    region_id uuid,
    republic_id uuid,
    deciding_level text NOT NULL,
    accepting_organisation_id uuid NOT NULL,
    deciding_organisation_id uuid NOT NULL,
    forwarded_to uuid[] NOT NULL,
    forwarded_to_id uuid,
    created_at timestamp with time zone NOT NULL,
    status_since timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    deleted_at timestamp with time zone,
    returned_blocks text[] NOT NULL,
    refusal jsonb,
    decision jsonb,
    attestation_year integer NOT NULL,
    filing_date date NOT NULL,
    statement_form text NOT NULL,
    position_ru text NOT NULL,
    position_kk text NOT NULL,
    attestation_kind text NOT NULL,
    current_category text,
    current_category_valid_until date,
    claimed_category text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    subjects text[] NOT NULL,
    not_subject_teacher boolean NOT NULL,
    about text,
    CONSTRAINT pk_applications PRIMARY KEY (id),
    CONSTRAINT fk_applications_organisations_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE RESTRICT
);

CREATE TABLE history (
    application_id uuid NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    action text NOT NULL,
    "from" text NOT NULL,
    "to" text,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    by_role text NOT NULL,
    comment text,
    CONSTRAINT pk_history PRIMARY KEY (application_id, version),
    CONSTRAINT fk_history_applications_application_id FOREIGN KEY (application_id) REFERENCES applications (id) ON DELETE RESTRICT
);

CREATE TABLE submissions (
    application_id uuid NOT NULL,
    number integer NOT NULL,
    seal_id uuid NOT NULL,
    version integer NOT NULL,
    edit_version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    fields jsonb NOT NULL,
    entries jsonb NOT NULL,
    statement jsonb NOT NULL,
    round_ended_by text,
    reviews jsonb,
    CONSTRAINT pk_submissions PRIMARY KEY (application_id, number),
    CONSTRAINT fk_submissions_applications_application_id FOREIGN KEY (application_id) REFERENCES applications (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX ix_applications_number ON applications (number);
CREATE INDEX names ON applications (teacher_name, id) WHERE deleted_at is null;
CREATE UNIQUE INDEX one_application_a_teacher_and_year ON applications (teacher_id, attestation_year) WHERE deleted_at is null;
CREATE INDEX queue_of_commission ON applications (deciding_organisation_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX queue_of_district ON applications (district_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX queue_of_executor ON applications (forwarded_to_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX queue_of_organisation ON applications (organisation_id, status, status_since, id) INCLUDE (attestation_year, claimed_category) WHERE deleted_at is null;
CREATE INDEX queue_of_region ON applications (region_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX queue_of_republic ON applications (republic_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX queue_of_teacher ON applications (teacher_id, status, status_since, id) INCLUDE (attestation_year, claimed_category, organisation_id) WHERE deleted_at is null;
CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);
CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);
CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);
CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);
CREATE INDEX ix_readings_at ON readings (at);

-- A submission stays as it was sent; the reviews are added once, when the secretary's round ends.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.round_ended_by IS NOT NULL
        OR (to_jsonb(NEW) - 'round_ended_by' - 'reviews') IS DISTINCT FROM (to_jsonb(OLD) - 'round_ended_by' - 'reviews')
    THEN
        RAISE EXCEPTION 'a submission does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER as_it_was_sent BEFORE UPDATE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

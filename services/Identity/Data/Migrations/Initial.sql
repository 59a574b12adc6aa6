CREATE COLLATION names (LOCALE = 'kk',
    PROVIDER = icu
);


CREATE TABLE administrator_actions (
    id uuid NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject_id uuid NOT NULL,
    organisation_id uuid,
    details text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_administrator_actions PRIMARY KEY (id)
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


CREATE TABLE known_addresses (
    login_key bytea NOT NULL,
    address_key bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_known_addresses PRIMARY KEY (login_key, address_key)
);


CREATE TABLE organisations (
    id uuid NOT NULL,
    parent_id uuid,
    level text NOT NULL,
    kind text NOT NULL,
    name_kk text COLLATE names NOT NULL,
    name_ru text COLLATE names NOT NULL,
    bin text NOT NULL,
    kato text NOT NULL,
    subordination text NOT NULL,
    path uuid[] NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_organisations PRIMARY KEY (id),
    CONSTRAINT fk_organisations_organisations_parent_id FOREIGN KEY (parent_id) REFERENCES organisations (id) ON DELETE RESTRICT
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


CREATE TABLE sign_in_failures (
    id uuid NOT NULL,
    login_key bytea NOT NULL,
    address_key bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_sign_in_failures PRIMARY KEY (id)
);


CREATE TABLE signing_keys (
    kid text NOT NULL,
    x text NOT NULL,
    y text NOT NULL,
    sealed_private_key bytea NOT NULL,
    signs_from timestamp with time zone NOT NULL,
    signs_until timestamp with time zone NOT NULL,
    published_until timestamp with time zone NOT NULL,
    CONSTRAINT pk_signing_keys PRIMARY KEY (kid)
);


CREATE TABLE users (
    id uuid NOT NULL,
    iin text NOT NULL,
    family_name text COLLATE names NOT NULL,
    given_name text COLLATE names NOT NULL,
    patronymic text,
    name text COLLATE names NOT NULL,
    language text NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    blocked_at timestamp with time zone,
    login text NOT NULL,
    normalized_login text NOT NULL,
    email text NOT NULL,
    normalized_email text NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone text NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id)
);


CREATE TABLE issued_logins (
    id uuid NOT NULL,
    login text NOT NULL,
    role text NOT NULL,
    organisation_id uuid NOT NULL,
    iin text,
    full_name text,
    activation_code_hash bytea,
    issued_by_id uuid,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid,
    CONSTRAINT pk_issued_logins PRIMARY KEY (id),
    CONSTRAINT fk_issued_logins_organisations_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE RESTRICT
);


CREATE TABLE consents (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    text_version text NOT NULL,
    language text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_consents PRIMARY KEY (id),
    CONSTRAINT fk_consents_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
);


CREATE TABLE password_resets (
    id uuid NOT NULL,
    normalized_email text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    send_at timestamp with time zone,
    attempts integer NOT NULL,
    user_id uuid,
    code_hash bytea,
    expires_at timestamp with time zone,
    used_at timestamp with time zone,
    CONSTRAINT pk_password_resets PRIMARY KEY (id),
    CONSTRAINT fk_password_resets_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);


CREATE TABLE role_assignments (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    organisation_id uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_role_assignments PRIMARY KEY (id),
    CONSTRAINT fk_role_assignments_organisations_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE RESTRICT,
    CONSTRAINT fk_role_assignments_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);


CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT pk_sessions PRIMARY KEY (id),
    CONSTRAINT fk_sessions_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);


CREATE TABLE refresh_tokens (
    hash bytea NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (hash),
    CONSTRAINT fk_refresh_tokens_sessions_session_id FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
);


CREATE INDEX ix_administrator_actions_at ON administrator_actions (at);


CREATE INDEX ix_administrator_actions_subject_id_at ON administrator_actions (subject_id, at);


CREATE INDEX ix_consents_user_id ON consents (user_id);


CREATE INDEX ix_idempotent_answers_at ON idempotent_answers (at);


CREATE INDEX ix_inbox_messages_at ON inbox_messages (at);


CREATE UNIQUE INDEX ix_issued_logins_login ON issued_logins (login);


CREATE INDEX ix_issued_logins_organisation_id ON issued_logins (organisation_id);


CREATE INDEX ix_known_addresses_at ON known_addresses (at);


CREATE UNIQUE INDEX ix_organisations_bin ON organisations (bin);


CREATE INDEX ix_organisations_name_kk_id ON organisations (name_kk, id);


CREATE INDEX ix_organisations_name_ru_id ON organisations (name_ru, id);


CREATE INDEX ix_organisations_parent_id ON organisations (parent_id);


CREATE INDEX ix_organisations_path ON organisations USING gin (path);


CREATE INDEX ix_outbox_messages_not_before_id ON outbox_messages (not_before, id);


CREATE UNIQUE INDEX ix_password_resets_code_hash ON password_resets (code_hash);


CREATE INDEX ix_password_resets_normalized_email_requested_at ON password_resets (normalized_email, requested_at);


CREATE INDEX ix_password_resets_requested_at ON password_resets (requested_at);


CREATE INDEX ix_password_resets_send_at ON password_resets (send_at);


CREATE INDEX ix_password_resets_user_id ON password_resets (user_id);


CREATE INDEX ix_readings_application_id_at ON readings (application_id, at);


CREATE INDEX ix_readings_at ON readings (at);


CREATE INDEX ix_refresh_tokens_expires_at ON refresh_tokens (expires_at);


CREATE INDEX ix_refresh_tokens_session_id ON refresh_tokens (session_id);


CREATE INDEX ix_role_assignments_organisation_id_role ON role_assignments (organisation_id, role);


CREATE UNIQUE INDEX ix_role_assignments_user_id_role_organisation_id ON role_assignments (user_id, role, organisation_id);


CREATE INDEX ix_sessions_ended_at ON sessions (ended_at);


CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);


CREATE INDEX ix_sessions_user_id ON sessions (user_id);


CREATE INDEX ix_sign_in_failures_at ON sign_in_failures (at);


CREATE INDEX ix_sign_in_failures_login_key_at ON sign_in_failures (login_key, at);


CREATE UNIQUE INDEX ix_users_iin ON users (iin);


CREATE INDEX ix_users_name_id ON users (name, id);


CREATE UNIQUE INDEX ix_users_normalized_email ON users (normalized_email);


CREATE UNIQUE INDEX ix_users_normalized_login ON users (normalized_login);



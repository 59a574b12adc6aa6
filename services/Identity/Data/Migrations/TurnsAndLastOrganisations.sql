ALTER TABLE sign_in_failures ADD COLUMN open boolean NOT NULL DEFAULT false;


ALTER TABLE users ADD COLUMN last_organisation_id uuid;


ALTER TABLE users ADD CONSTRAINT fk_users_organisations_last_organisation_id FOREIGN KEY (last_organisation_id) REFERENCES organisations (id) ON DELETE RESTRICT;


CREATE INDEX ix_users_last_organisation_id ON users (last_organisation_id);


UPDATE users SET last_organisation_id = issued_logins.organisation_id
FROM issued_logins
WHERE issued_logins.user_id = users.id
    AND NOT EXISTS (SELECT 1 FROM role_assignments WHERE role_assignments.user_id = users.id);


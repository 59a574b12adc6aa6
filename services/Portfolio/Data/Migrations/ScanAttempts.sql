-- A call with an Idempotency-Key that still runs: which one.
ALTER TABLE idempotent_answers ADD claim uuid;


CREATE INDEX ix_idempotent_answers_claim ON idempotent_answers (claim) WHERE claim is not null;


ALTER TABLE files ADD active boolean NOT NULL DEFAULT false;
ALTER TABLE files ALTER active DROP DEFAULT;
ALTER TABLE files ADD scan_attempts integer NOT NULL DEFAULT 0;
ALTER TABLE files ALTER scan_attempts DROP DEFAULT;
ALTER TABLE files ADD scan_after timestamp with time zone;


DROP INDEX files_to_scan;


CREATE INDEX files_to_scan ON files (scan_after, id) WHERE scan = 'pending';


CREATE INDEX ix_uploads_application_id ON uploads (application_id);


ALTER TABLE uploads ADD steps integer NOT NULL DEFAULT 0;
ALTER TABLE uploads ALTER steps DROP DEFAULT;

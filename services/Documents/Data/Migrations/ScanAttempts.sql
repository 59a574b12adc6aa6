-- A call with an Idempotency-Key that still runs: which one.
ALTER TABLE idempotent_answers ADD claim uuid;


CREATE INDEX ix_idempotent_answers_claim ON idempotent_answers (claim) WHERE claim is not null;


ALTER TABLE signatures ADD scan_active boolean NOT NULL DEFAULT false;
ALTER TABLE signatures ALTER scan_active DROP DEFAULT;
ALTER TABLE signatures ADD scan_attempts integer NOT NULL DEFAULT 0;
ALTER TABLE signatures ALTER scan_attempts DROP DEFAULT;
ALTER TABLE signatures ADD scan_after timestamp with time zone;


DROP INDEX scans_to_scan;


CREATE INDEX scans_to_scan ON signatures (scan_after, id) WHERE scan_state = 'pending';

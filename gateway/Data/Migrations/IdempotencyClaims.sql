-- A call with an Idempotency-Key that still runs: which one.
ALTER TABLE idempotent_answers ADD claim uuid;

CREATE INDEX ix_idempotent_answers_claim ON idempotent_answers (claim) WHERE claim is not null;

-- Whose IIN an account has, as Identity said it last: what is imported by IIN is found through it.
CREATE TABLE known_people (
    id uuid NOT NULL,
    iin text NOT NULL,
    proven boolean NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_known_people PRIMARY KEY (id)
);

CREATE INDEX ix_known_people_iin ON known_people (iin);

CREATE TABLE category_records (
    id uuid NOT NULL,
    person_id uuid,
    iin text,
    category text NOT NULL,
    post text,
    "from" date NOT NULL,
    until date,
    basis text NOT NULL,
    ground text,
    application_id uuid,
    order_number text NOT NULL,
    order_date date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id uuid,
    corrected_at timestamp with time zone,
    annulled_at timestamp with time zone,
    CONSTRAINT pk_category_records PRIMARY KEY (id)
);

CREATE INDEX ix_category_records_person_id ON category_records (person_id);

CREATE UNIQUE INDEX one_record_an_award ON category_records (iin, category, "from")
    WHERE iin is not null and corrected_at is null;

INSERT INTO category_records (
    id, person_id, category, "from", until, basis, application_id, order_number, order_date, recorded_at)
SELECT
    gen_random_uuid(), teacher_id, decision ->> 'awardedCategory', (decision ->> 'protocolDate')::date,
    (decision ->> 'validUntil')::date, 'before-commissions', id, decision ->> 'protocolNumber',
    (decision ->> 'protocolDate')::date, status_since
FROM applications
WHERE decision ->> 'awardedCategory' IS NOT NULL AND NOT coalesce((decision ->> 'keepsCurrent')::boolean, false);

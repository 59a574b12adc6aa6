CREATE TABLE sign_in_challenges (
    id uuid NOT NULL,
    text text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_sign_in_challenges PRIMARY KEY (id)
);


CREATE INDEX ix_sign_in_challenges_expires_at ON sign_in_challenges (expires_at);

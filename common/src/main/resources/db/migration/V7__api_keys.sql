-- Who may ask. Written by the administration of keys, read by every service once a second.
CREATE TABLE api_key (
  id                    text PRIMARY KEY,         -- the readable part of the key
  name                  text NOT NULL,
  scopes                text[] NOT NULL CHECK (cardinality(scopes) > 0),
  rate_limit_per_minute integer CHECK (rate_limit_per_minute >= 0), -- null: that of the service; 0: none
  created_at            timestamptz NOT NULL,
  created_by            text NOT NULL,            -- name of the key that made it, or of the command
  expires_at            timestamptz,              -- not valid from then on
  revoked_at            timestamptz,
  last_used_on          date                      -- UTC; good enough to find keys that nobody uses
);

CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- A rotation adds a secret and gives those before it an end; several overlap while callers change over.
CREATE TABLE api_key_secret (
  key_id      text NOT NULL REFERENCES api_key,
  sha256      bytea NOT NULL CHECK (octet_length(sha256) = 32),
  valid_until timestamptz,                        -- null: the newest
  PRIMARY KEY (key_id, sha256)
);

CREATE UNIQUE INDEX api_key_newest_secret ON api_key_secret (key_id) WHERE valid_until IS NULL;

-- Who did what. Entries are only ever added, and each holds the hash of the one before: one that is changed, removed or put in breaks the chain.
CREATE TABLE audit_entry (
  sequence      bigint PRIMARY KEY,        -- 1, 2, 3 without a gap
  service       text NOT NULL,
  caller        text NOT NULL,             -- id of the key, or anonymous
  caller_name   text NOT NULL,
  address       text NOT NULL,             -- of the caller; empty where an entry counts many requests
  action        text NOT NULL,             -- method and route: POST /models/{name}/aliases/{alias}
  subject       text NOT NULL,             -- what the route's names stood for: name=price-1h, alias=champion
  model_version text NOT NULL,             -- that answered: price-1h/3; empty when none did
  status        integer NOT NULL,
  requests      bigint NOT NULL,           -- how many requests this entry stands for
  first_at      timestamptz NOT NULL,
  last_at       timestamptz NOT NULL,
  previous      text NOT NULL,             -- hash of the entry before, 64 zeros for the first
  hash          text NOT NULL              -- SHA-256 of previous and all of the above
);

CREATE INDEX audit_entry_by_caller ON audit_entry (caller, sequence DESC);

CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are only ever added';
END
$$;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();
CREATE TRIGGER audit_table_stays BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();

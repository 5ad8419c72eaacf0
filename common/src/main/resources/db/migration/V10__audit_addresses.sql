-- The audit log knows addresses of callers by pseudonyms, made with the key of their month. Without that key nobody can tell whose they were, and
-- the chain of hashes stays whole.
CREATE TABLE audit_address_key (
  month  date PRIMARY KEY,                 -- its first day, UTC
  secret bytea NOT NULL CHECK (octet_length(secret) = 32)
);

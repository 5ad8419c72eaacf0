-- Written by serving: what the live versions saw and said, added up in the transaction that stores their forecasts, so that each counts
-- exactly once.
CREATE TABLE drift_reference (
  model           text NOT NULL,
  version         integer NOT NULL,
  reference       jsonb NOT NULL,               -- as it stands in the bundle: bins, shares, and how much stretches differ by themselves
  PRIMARY KEY (model, version)
);

-- Sums over the assets that were forecast as of the same time.
CREATE TABLE drift_tally (
  model           text NOT NULL,
  version         integer NOT NULL,
  as_of           timestamptz NOT NULL,
  assets          bigint NOT NULL,
  counts          bigint[] NOT NULL,            -- values in each bin, bins of the first column, then those of the next
  sums            double precision[] NOT NULL,  -- of each column
  squares         double precision[] NOT NULL,
  PRIMARY KEY (model, version, as_of)
);

CREATE FUNCTION add_elements(a double precision[], b double precision[]) RETURNS double precision[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY(SELECT x + y FROM unnest(a, b) WITH ORDINALITY AS pair (x, y, n) ORDER BY n);

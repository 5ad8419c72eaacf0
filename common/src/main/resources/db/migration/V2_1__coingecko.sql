-- Credits used of a source's monthly budget; one row for all replicas.
CREATE TABLE source_credit (
  source text NOT NULL,
  month  date NOT NULL,                     -- its first day, UTC
  used   bigint NOT NULL CHECK (used >= 0),
  PRIMARY KEY (source, month)
);

-- Stretches for which a source was asked and had nothing. Delete a row to ask again.
CREATE TABLE unanswered (
  source      text NOT NULL,
  asset       text NOT NULL,
  vs_currency text NOT NULL,
  interval    text NOT NULL,
  from_time   timestamptz NOT NULL,         -- open time of the first missing candle (inclusive)
  to_time     timestamptz NOT NULL,         -- (exclusive)
  asked_at    timestamptz NOT NULL,
  reason      text NOT NULL,
  PRIMARY KEY (source, asset, vs_currency, interval, from_time),
  CHECK (from_time < to_time)
);

-- How the last requests to a source went, for people.
CREATE TABLE source_health (
  source        text PRIMARY KEY,
  last_success  timestamptz,
  last_error    text,
  last_error_at timestamptz
);

-- A replay goes on after a restart where it would be had it never stopped.
CREATE TABLE replay_run (
  recording      text PRIMARY KEY,
  speed          text NOT NULL,
  times          text NOT NULL,
  started_at     timestamptz NOT NULL,      -- real time at which the tick-by-tick part began
  started_from   timestamptz NOT NULL,      -- recorded time at that moment
  shift_seconds  bigint NOT NULL            -- added to every recorded time
);

-- Trainings of models of risk. A run's state changes only by conditional updates; it is made again from the start when it was killed.
CREATE TABLE risk_run (
  id          text PRIMARY KEY,
  model       text NOT NULL,
  cause       text NOT NULL CHECK (cause IN ('request', 'schedule')),
  state       text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'skipped', 'failed')),
  attempt     integer NOT NULL DEFAULT 0,   -- counted up by each execution: an older one that still lives may no longer write
  seed        bigint NOT NULL,
  evaluation  json,
  decision    json,
  version     integer,                      -- in the registry
  error       text,                         -- why it was skipped or failed
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz
);
CREATE INDEX risk_run_by_time ON risk_run (created_at DESC);

-- One training per model at a time, over all replicas.
CREATE UNIQUE INDEX risk_run_open ON risk_run (model) WHERE state IN ('queued', 'running');

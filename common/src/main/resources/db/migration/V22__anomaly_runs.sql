-- Trainings of models that find anomalies. A run is an entity with a life; its state changes only by conditional updates.
CREATE TABLE anomaly_run (
  id          text PRIMARY KEY,
  model       text NOT NULL,               -- 'anomaly-1h'
  interval    text NOT NULL,
  cause       text NOT NULL CHECK (cause IN ('request', 'new_candles')),
  state       text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed')),
  attempt     integer NOT NULL DEFAULT 0,  -- counted up by each execution: an older one that still lives may no longer write
  request     json NOT NULL,
  snapshot    json,
  evaluation  json,
  decision    json,
  version     integer,                     -- in the registry
  error       text,
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz
);
CREATE INDEX anomaly_run_by_time ON anomaly_run (created_at DESC);

-- One training per model at a time, over all replicas.
CREATE UNIQUE INDEX anomaly_run_running ON anomaly_run (model) WHERE state = 'running';

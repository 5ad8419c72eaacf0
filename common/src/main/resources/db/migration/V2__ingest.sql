-- One row for each payload that was taken in or refused, written in the transaction that wrote its candles: a run that is
-- not here changed nothing.
CREATE TABLE ingest_run (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source      text NOT NULL,
  payload     text NOT NULL,
  sha256      text NOT NULL,                -- of the content in the raw archive
  started_at  timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  status      text NOT NULL CHECK (status IN ('done', 'refused')),
  report      json,                         -- the whole IngestReport of a run that is done
  problem     text                          -- why it was refused
);
CREATE INDEX ingest_run_sha256 ON ingest_run (sha256);

-- db-scheduler's table; each service has its own so that their schedulers can share a database.
CREATE TABLE ingest_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX ingest_tasks_execution_time ON ingest_tasks (execution_time);
CREATE INDEX ingest_tasks_last_heartbeat ON ingest_tasks (last_heartbeat);
CREATE INDEX ingest_tasks_priority ON ingest_tasks (priority DESC, execution_time ASC);

-- Forecasts of whole universes, asked for at once and fetched later.
CREATE TABLE batch_job (
  id          uuid PRIMARY KEY,            -- may be the caller's, so that the request can be repeated
  name        text NOT NULL,
  request     text NOT NULL,               -- as it was asked, to recognise a repetition
  interval    text NOT NULL,
  assets      text[] NOT NULL,             -- an item of the job is an asset and a horizon: assets[i / horizons], horizons[i % horizons]
  horizons    text[] NOT NULL,
  state       text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  done        integer NOT NULL DEFAULT 0,  -- items that have a row
  failed      integer NOT NULL DEFAULT 0,  -- of them those without a prediction
  error       text,
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz
);

CREATE INDEX batch_job_newest ON batch_job (created_at DESC, id);

CREATE TABLE batch_job_row (
  job_id     uuid NOT NULL REFERENCES batch_job ON DELETE CASCADE,
  position   integer NOT NULL,
  asset      text NOT NULL,
  horizon    text NOT NULL,
  prediction text,                         -- JSON, or null when there is
  error      text,                         -- JSON: status and detail
  PRIMARY KEY (job_id, position),
  CHECK ((prediction IS NULL) <> (error IS NULL))
);

-- db-scheduler's table for this service.
CREATE TABLE serving_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  state                text,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX serving_tasks_by_time ON serving_tasks (execution_time);
CREATE INDEX serving_tasks_by_heartbeat ON serving_tasks (last_heartbeat);
CREATE INDEX serving_tasks_by_priority ON serving_tasks (priority DESC, execution_time);

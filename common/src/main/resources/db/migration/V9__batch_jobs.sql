-- Written by serving: forecasts of whole universes, asked for once, made in chunks in the background, fetched when all are there.
CREATE TABLE batch_job (
  id            uuid PRIMARY KEY,           -- chosen by the caller, or for them
  request       text NOT NULL,              -- as it was read: the same id with another one is refused
  name          text,
  state         text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  interval      text NOT NULL,
  horizons      text[] NOT NULL,
  assets        text[] NOT NULL,            -- in the order of the result; '*' stands for what was known when the job was taken
  total         integer NOT NULL,           -- items: one for each asset and horizon
  done          integer NOT NULL DEFAULT 0,
  failed        integer NOT NULL DEFAULT 0, -- of those that are done
  error         text,
  created_at    timestamptz NOT NULL,
  started_at    timestamptz,
  progressed_at timestamptz,
  finished_at   timestamptz
);

CREATE INDEX batch_job_by_time ON batch_job (created_at DESC, id DESC);
CREATE INDEX batch_job_unfinished ON batch_job (created_at) WHERE state IN ('queued', 'running');

-- A chunk is answered by one version of one model and committed once, whoever makes it.
CREATE TABLE batch_job_chunk (
  job_id  uuid NOT NULL REFERENCES batch_job (id) ON DELETE CASCADE,
  number  integer NOT NULL,
  model   text NOT NULL,
  version integer NOT NULL,
  levels  double precision[] NOT NULL,
  items   integer NOT NULL,
  PRIMARY KEY (job_id, number)
);

CREATE TABLE batch_job_result (
  job_id     uuid NOT NULL REFERENCES batch_job (id) ON DELETE CASCADE,
  item       integer NOT NULL,
  asset      text NOT NULL,
  horizon    text NOT NULL,
  prediction text,                          -- the very JSON that /predict would have answered
  status     integer,                       -- that /predict would have answered instead, with its detail
  detail     text,
  PRIMARY KEY (job_id, item),
  CHECK ((prediction IS NULL) = (status IS NOT NULL) AND (status IS NULL) = (detail IS NULL))
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

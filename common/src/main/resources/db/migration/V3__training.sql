-- Written by training, read by all. A run is an entity with a life; its state changes only by conditional updates.
CREATE TABLE training_run (
  id               text PRIMARY KEY,
  model            text NOT NULL,
  interval         text NOT NULL,
  algorithm        text NOT NULL,
  cause            text NOT NULL CHECK (cause IN ('request', 'schedule', 'new_candles')),
  state            text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt          integer NOT NULL DEFAULT 0,      -- counted up by each execution: an older one that still lives may no longer write
  cancel_requested boolean NOT NULL DEFAULT false,
  request          json NOT NULL,
  snapshot         json,
  progress         json,
  evaluation       json,
  decision         json,
  version          integer,                         -- in the registry
  error            text,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz
);

CREATE INDEX training_run_by_time ON training_run (created_at DESC);
CREATE INDEX training_run_by_model ON training_run (model, created_at DESC);

-- One training per model at a time, over all replicas.
CREATE UNIQUE INDEX training_run_running ON training_run (model) WHERE state = 'running';

-- What happened, in order; the number is what a client that lost its connection goes on after.
CREATE TABLE training_event (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id  text NOT NULL REFERENCES training_run (id) ON DELETE CASCADE,
  at      timestamptz NOT NULL,
  kind    text NOT NULL,
  content json NOT NULL
);

CREATE INDEX training_event_by_run ON training_event (run_id, id);

CREATE VIEW training_epoch AS
SELECT run_id,
       at,
       content ->> 'part' AS part,
       (content -> 'epoch' ->> 'number')::integer AS number,
       (content -> 'epoch' ->> 'of')::integer AS of_epochs,
       (content -> 'epoch' ->> 'train_loss')::double precision AS train_loss,
       (content -> 'epoch' ->> 'validation_loss')::double precision AS validation_loss,
       (content -> 'epoch' ->> 'best')::boolean AS best,
       (content -> 'epoch' ->> 'windows_per_second')::double precision AS windows_per_second
FROM training_event
WHERE kind = 'epoch';

-- db-scheduler's table for this service.
CREATE TABLE training_tasks (
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

CREATE INDEX training_tasks_by_time ON training_tasks (execution_time);
CREATE INDEX training_tasks_by_heartbeat ON training_tasks (last_heartbeat);
CREATE INDEX training_tasks_by_priority ON training_tasks (priority DESC, execution_time);

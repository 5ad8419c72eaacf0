-- A study tries a model out in several ways; each trial is a run, and the best one's way is trained in full by a run of its own.
CREATE TABLE study (
  id          text PRIMARY KEY,
  model       text NOT NULL,
  executed_by text NOT NULL CHECK (executed_by IN ('service', 'job')),
  request     json NOT NULL,
  trials      integer NOT NULL,
  best_trial  integer,                          -- absent when none succeeded
  cancelled   boolean NOT NULL DEFAULT false,
  created_at  timestamptz NOT NULL,
  closed_at   timestamptz                       -- when the last trial was over
);

CREATE INDEX study_open ON study (created_at) WHERE closed_at IS NULL;

ALTER TABLE training_run
  ADD COLUMN study text REFERENCES study (id) ON DELETE CASCADE,
  ADD COLUMN trial integer,                     -- counted from 0; absent for the run of a study's best
  ADD COLUMN apart boolean NOT NULL DEFAULT false, -- in a process of its own, whatever else runs
  ADD COLUMN score json,
  DROP CONSTRAINT training_run_cause_check,
  ADD CONSTRAINT training_run_cause_check CHECK (cause IN ('request', 'schedule', 'new_candles', 'study'));

CREATE UNIQUE INDEX training_run_by_study ON training_run (study, trial) NULLS NOT DISTINCT WHERE study IS NOT NULL;

-- One training per model at a time, over all replicas of the service.
DROP INDEX training_run_running;
CREATE UNIQUE INDEX training_run_running ON training_run (model) WHERE state = 'running' AND NOT apart;

-- Written by serving: what speaks against a version that is live. Training answers each once, with a run whose cause is its kind.
CREATE TABLE model_decay (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model    text NOT NULL,
  version  integer NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('drift', 'loss_of_skill')),
  found_at timestamptz NOT NULL,
  ended_at timestamptz,                 -- no longer so, or another version is live
  summary  text NOT NULL                -- as of when it was found
);

CREATE UNIQUE INDEX model_decay_standing ON model_decay (model, version, kind) WHERE ended_at IS NULL;

ALTER TABLE training_run
  DROP CONSTRAINT training_run_cause_check,
  ADD CONSTRAINT training_run_cause_check CHECK (cause IN ('request', 'schedule', 'new_candles', 'study', 'drift', 'loss_of_skill'));

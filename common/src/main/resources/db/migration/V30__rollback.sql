-- Written by serving. An experiment is asked for by somebody; a watch begins by itself when the gate's winner goes live, and its challenger is the
-- version before: when that one is promoted, the model was rolled back.
ALTER TABLE experiment ADD COLUMN kind text NOT NULL DEFAULT 'experiment' CHECK (kind IN ('experiment', 'watch'));

CREATE INDEX experiment_rollback ON experiment (model, control) WHERE kind = 'watch' AND state IN ('promoting', 'promoted');

-- Whom the alias champion named at the last look.
CREATE TABLE model_champion (
  model    text PRIMARY KEY,
  version  integer NOT NULL,
  since    timestamptz NOT NULL         -- when it was seen first
);

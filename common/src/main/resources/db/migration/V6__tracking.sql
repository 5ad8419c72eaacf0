-- How much of a run MLflow has been told: its number in the journal, and where people look at it.
ALTER TABLE training_run
  ADD COLUMN tracked_event bigint NOT NULL DEFAULT 0,
  ADD COLUMN tracking_url  text;

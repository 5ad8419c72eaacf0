-- Processes that died in a training or a backtest, one after the other, without getting further than the first of them: after some it fails instead of
-- beginning again without end.
ALTER TABLE training_run
  ADD COLUMN lost integer NOT NULL DEFAULT 0,
  ADD COLUMN reached integer NOT NULL DEFAULT 0;              -- different things that had happened in it when one died last

ALTER TABLE backtest
  ADD COLUMN lost integer NOT NULL DEFAULT 0,
  ADD COLUMN reached integer[] NOT NULL DEFAULT '{0,0}';      -- furthest fold and epoch of it when one died last

-- These note no steps: each death counts.
ALTER TABLE risk_run ADD COLUMN lost integer NOT NULL DEFAULT 0;
ALTER TABLE anomaly_run ADD COLUMN lost integer NOT NULL DEFAULT 0;

-- Backtests: what models would have forecast over a past time. What they leave on disk is removed with the row.
CREATE TABLE backtest (
  id               text PRIMARY KEY,
  model            text NOT NULL,
  state            text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  cancel_requested boolean NOT NULL DEFAULT false,
  attempt          integer NOT NULL DEFAULT 0,   -- counted up by each execution: an older one that still lives may no longer write
  request          json NOT NULL,
  progress         json,
  result           json,
  error            text,                         -- why it failed
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz
);
CREATE INDEX backtest_by_time ON backtest (created_at DESC);

-- One at a time over all replicas: trainings go on beside it.
CREATE UNIQUE INDEX backtest_running ON backtest (state) WHERE state = 'running';

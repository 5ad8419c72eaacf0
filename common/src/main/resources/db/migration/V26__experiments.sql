-- Written by serving: a challenger compared with the champion on the same questions, and what came of it.
CREATE TABLE experiment (
  id            text PRIMARY KEY,
  model         text NOT NULL,
  interval      text NOT NULL,
  horizons      text[] NOT NULL,        -- that both arms answer, nearest first
  control       integer NOT NULL,       -- version that was the champion at the beginning
  challenger    integer NOT NULL,
  terms         jsonb NOT NULL,         -- mode, share of the challenger, confidence, guardrails
  salt          text NOT NULL,          -- of the hash that sends a caller to an arm
  purpose       text,
  begun_at      timestamptz NOT NULL,
  begun_by      text NOT NULL,
  first_as_of   timestamptz NOT NULL,   -- forecasts from here on count; the first block begins here
  block_seconds bigint NOT NULL CHECK (block_seconds > 0),
  state         text NOT NULL CHECK (state IN ('running', 'promoting', 'promoted', 'stopped')),
  winner        text CHECK (winner IN ('control', 'challenger')),
  won_at        timestamptz,
  standings     jsonb,                  -- as of the last look
  ended_at      timestamptz,
  ended_by      text,
  outcome       text                    -- why it ended, in words
);

CREATE UNIQUE INDEX experiment_of_model ON experiment (model) WHERE state IN ('running', 'promoting');
CREATE INDEX experiment_history ON experiment (begun_at DESC, id);

-- What the forecasts of both arms were worth, about the assets that both forecast: one row for a time and a horizon, whatever the number of assets.
CREATE TABLE experiment_loss (
  experiment         text NOT NULL REFERENCES experiment ON DELETE CASCADE,
  horizon            text NOT NULL,
  as_of              timestamptz NOT NULL,
  seen_at            timestamptz NOT NULL,          -- when the target was first seen to be over
  looked_at          timestamptz,                   -- when the numbers were read last
  settled            boolean NOT NULL DEFAULT false, -- the numbers do not change any more
  asked              integer NOT NULL DEFAULT 0,    -- forecasts of the control
  answered           integer NOT NULL DEFAULT 0,    -- those that the challenger made too
  pairs              integer NOT NULL DEFAULT 0,    -- those whose outcome is known
  control_loss       double precision NOT NULL DEFAULT 0, -- sums over the pairs: quantile loss as a share of the price
  challenger_loss    double precision NOT NULL DEFAULT 0,
  control_covered    integer,                       -- outcomes between the quantiles 0.1 and 0.9; null without those
  challenger_covered integer,
  PRIMARY KEY (experiment, horizon, as_of)
);

CREATE INDEX experiment_loss_open ON experiment_loss (experiment, as_of) WHERE NOT settled;
CREATE INDEX forecast_pairs ON forecast (model, as_of, horizon);

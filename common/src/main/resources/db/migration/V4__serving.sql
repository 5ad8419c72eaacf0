-- Written by serving: what was forecast, once for each model version, and what really happened.
CREATE TABLE forecast (
  id              uuid PRIMARY KEY,         -- made of model, version, series, as_of and horizon: replicas agree on it
  model           text NOT NULL,
  version         integer NOT NULL,
  variant         text NOT NULL,            -- alias under which the version was live
  run_id          text NOT NULL,
  asset           text NOT NULL,
  vs_currency     text NOT NULL,
  interval        text NOT NULL,
  horizon         text NOT NULL,
  as_of           timestamptz NOT NULL,     -- close time of the newest candle that was known
  target_time     timestamptz NOT NULL,
  target_open     timestamptz NOT NULL,     -- open time of the candle that closes at target_time
  last_price      double precision NOT NULL,
  levels          double precision[] NOT NULL,
  prices          double precision[] NOT NULL,
  probability_up  double precision NOT NULL,
  doubts          text[] NOT NULL,
  created_at      timestamptz NOT NULL,

  scored_at       timestamptz,              -- the rest is known from then on
  actual_price    double precision,
  absolute_error  double precision,
  naive_error     double precision,
  inside_interval boolean,                  -- between the lowest and the highest quantile
  pinball_losses  double precision[],       -- one for each level
  CHECK (cardinality(levels) = cardinality(prices))
);

CREATE INDEX forecast_history ON forecast (asset, interval, as_of DESC);
CREATE INDEX forecast_unscored ON forecast (target_time) WHERE scored_at IS NULL;

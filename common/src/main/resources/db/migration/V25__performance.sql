-- Written by serving: how forecasts turned out, added up in the statement that scores them, so that each counts exactly once.
-- Losses are of the scaled return: the log return over the horizon divided by the scale.
ALTER TABLE forecast
  ADD COLUMN scale            double precision, -- log return that one unit of the scaled return stands for; null in rows from before
  ADD COLUMN spread           double precision, -- distance between price and median that the quantiles imply, in quote currency
  ADD COLUMN estimated_error  double precision, -- the same as answered: times what errors were against spreads until then
  ADD COLUMN scaled_return    double precision, -- the rest is known from the scoring on
  ADD COLUMN quantile_loss    double precision, -- mean over the levels of twice the pinball loss of the scaled return
  ADD COLUMN naive_loss       double precision; -- the same of the naive opponent; null where the bundle does not know it

-- What the forecasts of a version are measured by.
CREATE TABLE forecast_measure (
  model           text NOT NULL,
  version         integer NOT NULL,
  horizon         text NOT NULL,
  interval        text NOT NULL,
  seconds         integer NOT NULL,             -- of the horizon
  levels          double precision[] NOT NULL,
  naive           double precision[],           -- the opponent's quantiles of the scaled return
  PRIMARY KEY (model, version, horizon)
);

-- How much of an asset is traded, and which third of the assets that puts it into.
CREATE TABLE asset_liquidity (
  asset           text PRIMARY KEY REFERENCES asset (id),
  traded          double precision NOT NULL,    -- in usd a day, mean of the 30 days before measured_on
  liquidity       text NOT NULL,                -- 'high', 'middle', 'low'
  measured_on     date NOT NULL
);

-- Sums over the assets whose outcome was known at the same time.
CREATE TABLE forecast_outcome (
  model           text NOT NULL,
  version         integer NOT NULL,
  horizon         text NOT NULL,
  target_time     timestamptz NOT NULL,
  variant         text NOT NULL,
  liquidity       text NOT NULL,                -- when it was scored; 'unknown' where it is not measured
  forecasts       bigint NOT NULL,
  below           bigint[] NOT NULL,            -- for each level, outcomes at or below the quantile
  quantile_loss   double precision NOT NULL,
  naive_loss      double precision,
  absolute_return double precision NOT NULL,    -- of the scaled return
  absolute_error  double precision NOT NULL,    -- this and the rest as shares of the last price
  naive_error     double precision NOT NULL,
  spread          double precision NOT NULL,
  estimated_error double precision NOT NULL,
  PRIMARY KEY (model, version, horizon, target_time, variant, liquidity)
);

-- Sums over the outcomes of an asset within a day, UTC.
CREATE TABLE forecast_day (
  model           text NOT NULL,
  version         integer NOT NULL,
  horizon         text NOT NULL,
  asset           text NOT NULL,
  day             date NOT NULL,
  variant         text NOT NULL,
  liquidity       text NOT NULL,                -- when the last of them was scored
  forecasts       bigint NOT NULL,
  below           bigint[] NOT NULL,
  quantile_loss   double precision NOT NULL,
  naive_loss      double precision,
  absolute_return double precision NOT NULL,
  absolute_error  double precision NOT NULL,
  naive_error     double precision NOT NULL,
  spread          double precision NOT NULL,
  estimated_error double precision NOT NULL,
  PRIMARY KEY (model, version, horizon, asset, day, variant)
);

-- Which correction the forecasts as of a time got: written once, so that all replicas say the same, and say it again after a restart.
CREATE TABLE forecast_correction (
  model           text NOT NULL,
  version         integer NOT NULL,
  horizon         text NOT NULL,
  as_of           timestamptz NOT NULL,
  outcomes        bigint NOT NULL,              -- outcome times that it was learned from, all of them before as_of
  offsets         double precision[] NOT NULL,  -- for each level, added to the quantile of the scaled return
  PRIMARY KEY (model, version, horizon, as_of)
);

CREATE FUNCTION add_elements(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY(SELECT x + y FROM unnest(a, b) WITH ORDINALITY AS pair (x, y, n) ORDER BY n);

-- Element by element over arrays of the same length.
CREATE AGGREGATE sum_elements(bigint[]) (SFUNC = add_elements, STYPE = bigint[], COMBINEFUNC = add_elements, PARALLEL = SAFE);

-- What was found unlike what came before. A detector tells of a candle once.
CREATE TABLE anomaly (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  detector      text NOT NULL,              -- 'stream', or the name of a registered model: 'anomaly-1h'
  model_version integer,                    -- of a registered model
  asset         text NOT NULL,
  vs_currency   text NOT NULL,
  interval      text NOT NULL,
  at            timestamptz NOT NULL,       -- close time of the candle
  grade         double precision NOT NULL CHECK (grade > 0 AND grade <= 1),
  score         double precision NOT NULL,
  threshold     double precision NOT NULL,  -- that the score was above, as it stood then
  dimension     text NOT NULL,              -- the one with the largest share: 'return', 'volume', ...
  observed      double precision NOT NULL,  -- of that dimension
  expected      double precision,           -- the same; null where the detector expects nothing
  attribution   jsonb NOT NULL,             -- share of each dimension, they sum to 1
  found_at      timestamptz NOT NULL,
  UNIQUE (detector, asset, vs_currency, interval, at)
);
CREATE INDEX anomaly_by_time ON anomaly (at DESC, id DESC);
CREATE INDEX anomaly_of_asset ON anomaly (asset, interval, at DESC, id DESC);

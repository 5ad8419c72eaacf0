-- Where the stream detector of each series stands. A checkpoint is large and written once a day; the points behind it are few and
-- written with every candle. Both together, read again, are the detector as it was.
CREATE TABLE stream_detector (
  asset       text NOT NULL,
  vs_currency text NOT NULL,
  interval    text NOT NULL,
  settings    text NOT NULL,                -- of the detector; with others it begins anew
  scored_to   timestamptz NOT NULL,         -- close time of the newest candle that it has seen
  checkpoint  bytea,                        -- null: from the beginning
  points      bytea NOT NULL,               -- seen since the checkpoint, as they were seen
  PRIMARY KEY (asset, vs_currency, interval)
);

-- What the market did in a candle, as it was known when a detector asked first: later ones are told the same.
CREATE TABLE market_return (
  vs_currency text NOT NULL,
  interval    text NOT NULL,
  at          timestamptz NOT NULL,         -- close time
  median      double precision NOT NULL,    -- log return
  assets      integer NOT NULL,
  PRIMARY KEY (vs_currency, interval, at)
);

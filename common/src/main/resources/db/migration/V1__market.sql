-- Written by ingest, read by all. A series is named once and candles refer to it by number: a year of hourly candles
-- then takes under a megabyte with its index.
CREATE TABLE asset (
  id         text PRIMARY KEY,
  symbol     text NOT NULL,
  name       text NOT NULL,
  market_cap_rank integer
);

CREATE TABLE series (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  asset       text NOT NULL REFERENCES asset (id),
  vs_currency text NOT NULL,
  interval    text NOT NULL,
  UNIQUE (asset, vs_currency, interval)
);

CREATE TABLE candle (
  series_id   integer NOT NULL REFERENCES series (id),
  open_time   timestamptz NOT NULL,
  open        double precision NOT NULL,
  high        double precision NOT NULL,
  low         double precision NOT NULL,
  close       double precision NOT NULL,
  volume      double precision NOT NULL,
  volume_kind smallint NOT NULL,            -- Volume.Kind.code()
  flags       smallint NOT NULL,            -- sum of CandleFlag.bit()
  finished    boolean NOT NULL,
  source      text NOT NULL,                -- 'coingecko', 'binance', 'replay', or 'derived' from a shorter interval
  ingested_at timestamptz NOT NULL,         -- of the first version of the row; kept by corrections
  PRIMARY KEY (series_id, open_time),
  CHECK (low > 0 AND low <= LEAST(open, close) AND high >= GREATEST(open, close) AND volume >= 0)
);

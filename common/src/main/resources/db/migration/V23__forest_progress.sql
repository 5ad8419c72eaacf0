-- Until which close time (inclusive) the candles of a series were scored by a registered model of anomalies, whichever version it was.
CREATE TABLE forest_progress (
  detector    text NOT NULL,               -- name of the registered model: 'anomaly-1h'
  asset       text NOT NULL,
  vs_currency text NOT NULL,
  interval    text NOT NULL,
  scored_to   timestamptz NOT NULL,
  PRIMARY KEY (detector, asset, vs_currency, interval)
);

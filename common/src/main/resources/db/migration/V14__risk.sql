-- What each live version said of an asset, once for each time: the newest is the score, the others are its history.
CREATE TABLE risk_score (
  model       text NOT NULL,                -- 'risk-7d', 'risk-30d'
  version     integer NOT NULL,
  variant     text NOT NULL,                -- alias under which the version was live
  run_id      text NOT NULL,
  asset       text NOT NULL,
  protocol    text,                         -- slug of the protocol whose token it is, where one is known
  as_of       timestamptz NOT NULL,         -- nothing that was known later is in it
  probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
  score       double precision NOT NULL CHECK (score BETWEEN 0 AND 100),
  capped_by   text,                         -- the fatal factor that raised the score above what the model says
  margin      double precision NOT NULL,    -- log odds before calibration; factors and base sum to it
  base        double precision NOT NULL,
  factors     jsonb NOT NULL,               -- contribution to the margin by named risk factor
  features    jsonb NOT NULL,               -- what went in, by name; null where nothing is known
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (model, version, asset, as_of)
);
CREATE INDEX risk_score_of_asset ON risk_score (asset, model, as_of DESC);
CREATE INDEX risk_score_by_model ON risk_score (model, variant, as_of DESC);

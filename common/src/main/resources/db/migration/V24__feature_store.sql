-- Written by serving, read by all: features as they were known at any time.

-- That finished candles of a series were added or changed, written in the transaction that did it, and deleted by whoever works it in:
-- a queue, not a history. Rows of one transaction do not wait for those of another one.
CREATE TABLE candle_change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  series_id  integer NOT NULL,
  first_open timestamptz NOT NULL,          -- open time of the earliest candle that changed (inclusive)
  last_open  timestamptz NOT NULL           -- and of the latest one (inclusive)
);

CREATE FUNCTION note_candle_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO candle_change (series_id, first_open, last_open)
  SELECT series_id, min(open_time), max(open_time) FROM changed WHERE finished GROUP BY series_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER candle_added AFTER INSERT ON candle
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_candle_change();

CREATE TRIGGER candle_replaced AFTER UPDATE ON candle
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_candle_change();

-- A view is what one build computes under a name: one that computes something else is another row.
CREATE TABLE feature_view (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          text NOT NULL,
  hash          text NOT NULL,              -- of what it computes
  version       integer NOT NULL,
  owner         text NOT NULL,
  entity        text NOT NULL CHECK (entity IN ('asset', 'market')),
  interval      text NOT NULL,
  step          interval NOT NULL,          -- length of a candle
  reach         interval NOT NULL,          -- how long before an event time a candle may open that matters to it
  sources       text[] NOT NULL,            -- whose candles matter; none: those of the asset
  features      text[] NOT NULL,
  begins_at     timestamptz NOT NULL,       -- event time from which on there are values
  registered_at timestamptz NOT NULL,
  used_at       timestamptz NOT NULL,       -- when a build that computes it was last seen
  row_count     bigint NOT NULL DEFAULT 0,  -- of its values, counted as they are written and removed
  newest_event  timestamptz,
  UNIQUE (name, hash)
);

-- What is still to be computed of a series. A view without entity has the series 0.
CREATE TABLE feature_pending (
  view_id    integer NOT NULL REFERENCES feature_view (id),
  series_id  integer NOT NULL,
  from_event timestamptz NOT NULL,          -- (inclusive)
  to_event   timestamptz NOT NULL,          -- (inclusive)
  PRIMARY KEY (view_id, series_id)
);

CREATE INDEX feature_pending_newest ON feature_pending (view_id, from_event DESC);

-- Only ever added to, and removed when it is old. Of an entity at an event time the newest row counts; a row counts from created_at on,
-- which lies a moment after its transaction: whoever asks at that time or later finds it.
CREATE TABLE feature_value (
  view_id    integer NOT NULL,
  series_id  integer NOT NULL,
  event_time timestamptz NOT NULL,          -- close time of the newest candle in it
  created_at timestamptz NOT NULL,
  vector     real[] NOT NULL,               -- in the order of feature_view.features; NaN: cannot be known
  PRIMARY KEY (view_id, series_id, event_time, created_at)
);

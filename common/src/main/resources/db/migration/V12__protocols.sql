-- What is known of protocols and since when. Rows are only ever added: a figure that changes is one more row with a later known_at,
-- so that "as known at t" is the newest row with known_at <= t. assumed says that nobody saw the fact at that time: it came with a
-- history, and known_at is the end of its day plus a delay; recorded_at is when the pool received it.
CREATE TABLE protocol (
  id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug text NOT NULL UNIQUE
);

CREATE TABLE protocol_fact (
  protocol_id  integer NOT NULL REFERENCES protocol (id),
  known_at     timestamptz NOT NULL,
  assumed      boolean NOT NULL,
  recorded_at  timestamptz NOT NULL,
  fact         jsonb NOT NULL,                -- Protocol
  asset        text GENERATED ALWAYS AS (fact ->> 'asset') STORED,
  defillama_id text GENERATED ALWAYS AS (fact ->> 'id') STORED,
  PRIMARY KEY (protocol_id, known_at),
  CHECK (known_at <= recorded_at AND (assumed OR known_at = recorded_at))
);
CREATE INDEX protocol_fact_by_asset ON protocol_fact (asset);
CREATE INDEX protocol_fact_by_defillama_id ON protocol_fact (defillama_id);

CREATE TABLE locked_value (
  source      text NOT NULL,                  -- who says so; each counts in its own way, so their figures do not mix
  protocol_id integer NOT NULL REFERENCES protocol (id),
  chain       text NOT NULL,                  -- '' for all chains together
  day         date NOT NULL,                  -- UTC
  known_at    timestamptz NOT NULL,
  assumed     boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  usd         double precision NOT NULL,
  PRIMARY KEY (source, protocol_id, chain, day, known_at),
  CHECK (usd >= 0 AND usd < 'Infinity'),
  CHECK (known_at <= recorded_at AND (assumed OR known_at = recorded_at))
);
-- Some days of all protocols as known at a time: read in this order, without looking into the table.
CREATE INDEX locked_value_by_day ON locked_value (source, chain, day, protocol_id, known_at DESC)
  INCLUDE (usd, assumed, recorded_at);

-- Lists repeat a name on a day for different events; number tells those apart.
CREATE TABLE incident (
  id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  list   text NOT NULL,
  day    date NOT NULL,                       -- UTC
  name   text NOT NULL,
  number integer NOT NULL,
  UNIQUE (list, day, name, number)
);

CREATE TABLE incident_fact (
  incident_id integer NOT NULL REFERENCES incident (id),
  known_at    timestamptz NOT NULL,
  assumed     boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  fact        jsonb NOT NULL,                 -- Incident
  PRIMARY KEY (incident_id, known_at),
  CHECK (known_at <= recorded_at AND (assumed OR known_at = recorded_at))
);

-- When a source was last read: what was missing then and is there now is known since now.
CREATE TABLE protocol_feed (
  feed    text NOT NULL,                      -- 'protocols', 'hacks', 'history'
  subject text NOT NULL,                      -- slug of a history, else ''
  read_at timestamptz NOT NULL,
  PRIMARY KEY (feed, subject)
);

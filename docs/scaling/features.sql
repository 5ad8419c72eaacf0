-- What the feature store takes at 5,000 assets: psql -f docs/scaling/features.sql, in a database that is migrated and empty.
\timing on
\set QUIET on
INSERT INTO asset (id, symbol, name) SELECT 'coin' || n, 'c', 'c' FROM generate_series(1, 5000) n;
INSERT INTO series (asset, vs_currency, interval) SELECT id, 'usd', '1h' FROM asset;

\echo 500,000 candles, changes noted
INSERT INTO candle
SELECT s.id, t, 1, 1, 1, 1, 1, 1, 0, true, 'x', t
FROM series s, generate_series('2026-01-01Z'::timestamptz, '2026-01-05 03:00Z', '1 hour') t;
TRUNCATE candle, candle_change;
ALTER TABLE candle DISABLE TRIGGER candle_added;
\echo the same, not noted
INSERT INTO candle
SELECT s.id, t, 1, 1, 1, 1, 1, 1, 0, true, 'x', t
FROM series s, generate_series('2026-01-01Z'::timestamptz, '2026-01-05 03:00Z', '1 hour') t;
ALTER TABLE candle ENABLE TRIGGER candle_added;

INSERT INTO feature_view (name, hash, version, owner, entity, interval, step, reach, sources, features, begins_at, registered_at, used_at)
VALUES ('price_1h', 'h', 1, 'o', 'asset', '1h', '1 hour', '367 hours', '{}', '{}', '2026-01-01Z', '2026-01-01Z', now());
\echo 1,200,000 rows of 49 features
INSERT INTO feature_value
SELECT v.id, s.id, t, t + interval '10 s', (SELECT array_agg(random()::real) FROM generate_series(1, 49))
FROM feature_view v, series s, generate_series('2026-01-01Z'::timestamptz, '2026-01-10 23:00Z', '1 hour') t;
VACUUM ANALYZE feature_value;
ANALYZE;
SELECT pg_total_relation_size('feature_value') / 1200000 AS bytes_per_row;

-- FeatureReader.asOf
PREPARE as_of (text[], timestamptz[]) AS
SELECT q.n, v.event_time, v.created_at, v.vector
FROM unnest($1, $2, $2) WITH ORDINALITY AS q (asset, at, known, n)
JOIN feature_view f ON f.name = 'price_1h' AND f.hash = 'h'
JOIN series s ON s.asset = q.asset AND s.vs_currency = 'usd' AND s.interval = f.interval
CROSS JOIN LATERAL (
  SELECT event_time, created_at, vector FROM feature_value
  WHERE view_id = f.id AND series_id = CASE f.entity WHEN 'asset' THEN s.id ELSE 0 END
    AND event_time <= q.at AND created_at <= q.known
  ORDER BY event_time DESC, created_at DESC LIMIT 1) v;
\o /dev/null
\echo the newest of 1 asset
EXECUTE as_of (ARRAY['coin77'], ARRAY['2026-01-11Z']::timestamptz[]);
EXECUTE as_of (ARRAY['coin78'], ARRAY['2026-01-11Z']::timestamptz[]);
\echo the newest of 1,000 assets
SELECT array_agg('coin' || 1 + n * 7919 % 5000) AS coins, array_agg('2026-01-11Z'::timestamptz) AS times FROM generate_series(1, 1000) n \gset
EXECUTE as_of (:'coins', :'times');
EXECUTE as_of (:'coins', :'times');
\echo 10,000 rows of the past
SELECT array_agg('coin' || 1 + n * 7919 % 5000) AS coins, array_agg('2026-01-02Z'::timestamptz + make_interval(mins => n * 31 % 11520)) AS times
FROM generate_series(1, 10000) n \gset
EXECUTE as_of (:'coins', :'times');
EXECUTE as_of (:'coins', :'times');

-- Bytes of disk that a row takes with its indexes, of each table that grows. Rolled back at the end, but the room is free again only after
-- VACUUM FULL: use a database that may be thrown away.
\set rows 500000
BEGIN;
SET LOCAL client_min_messages = warning;

INSERT INTO asset (id, symbol, name) SELECT 'scaling-' || i, 's' || i, 'Scaling ' || i FROM generate_series(1, 50) i;
INSERT INTO series (asset, vs_currency, interval) SELECT 'scaling-' || i, 'usd', '1h' FROM generate_series(1, 50) i;

CREATE TEMP TABLE before ON COMMIT DROP AS
SELECT relname, pg_total_relation_size(oid) AS bytes FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('candle', 'forecast', 'audit_entry', 'training_event', 'batch_job_result');

INSERT INTO candle
SELECT s.id, '2010-01-01Z'::timestamptz + interval '1 hour' * i, 100 + random(), 102, 99, 100 + random(), random(), 1, 0, true, 'binance', now()
FROM (SELECT id FROM series WHERE asset LIKE 'scaling-%') s, generate_series(1, :rows / 50) i;

INSERT INTO forecast
SELECT gen_random_uuid(), 'price-1h', 7, 'champion', 'r-0123456789', 'scaling-' || i % 50, 'usd', '1h', '24h', t, t + interval '24 hours',
  t + interval '23 hours', 100, ARRAY[.05, .1, .25, .5, .75, .9, .95], ARRAY[1, 2, 3, 4, 5, 6, 7] :: double precision[], .5, '{}', now(),
  now(), 100, .01, .01, true, ARRAY[1, 2, 3, 4, 5, 6, 7] :: double precision[]
FROM (SELECT i, '2010-01-01Z'::timestamptz + interval '1 hour' * (i / 50) AS t FROM generate_series(1, :rows) i) x;

INSERT INTO audit_entry
SELECT 1000000000 + i, 'serving-service', 'a1b2c3d4e5f6', 'trading-desk', '', 'POST /predict', '', 'price-1h/7', 200, 1000, now(), now(),
  encode(sha256(i::text::bytea), 'hex'), encode(sha256((i + 1)::text::bytea), 'hex')
FROM generate_series(1, :rows) i;

SELECT relname AS table, round((pg_total_relation_size(relname::regclass) - bytes) / :rows.0) AS bytes_per_row
FROM before WHERE pg_total_relation_size(relname::regclass) > bytes + :rows ORDER BY 1;
ROLLBACK;

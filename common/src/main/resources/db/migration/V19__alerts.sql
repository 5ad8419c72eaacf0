-- Written by serving: what should be told, of what it was told, and every change of it.
CREATE TABLE alert_rule (
  name       text PRIMARY KEY,
  definition jsonb NOT NULL,                -- as POST /alerts/rules takes it
  shipped    boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);

-- One for each rule and subject, for good: it fires and is resolved again and again under the same id.
CREATE TABLE alert (
  id          uuid PRIMARY KEY,             -- made of rule and subject: replicas agree on it
  rule        text NOT NULL,                -- that made it; it may be gone
  subject     text NOT NULL,
  asset       text,
  severity    text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  labels      jsonb NOT NULL,
  state       text NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
  value       double precision NOT NULL,    -- newest that was beyond the bound
  summary     text NOT NULL,
  since       timestamptz NOT NULL,         -- the condition has held without a break from then on
  fired_at    timestamptz,                  -- null when it did not fire this time
  resolved_at timestamptz,
  changed_at  timestamptz NOT NULL,         -- of the state
  sequence    integer NOT NULL,             -- changes of the state so far
  UNIQUE (rule, subject),
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);

CREATE INDEX alert_by_time ON alert (changed_at DESC, id DESC);
CREATE INDEX alert_open ON alert (rule) WHERE state <> 'resolved';

-- Numbers are given under a lock that is held until the commit: who has seen one has seen all below it.
CREATE TABLE alert_event (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       uuid NOT NULL UNIQUE,            -- made of alert and sequence
  alert_id uuid NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  sequence integer NOT NULL,
  state    text NOT NULL,
  notify   boolean NOT NULL,                -- whether receivers are told: of what was pending only they are not
  at       timestamptz NOT NULL,
  value    double precision NOT NULL,
  summary  text NOT NULL,
  fired_at timestamptz,
  UNIQUE (alert_id, sequence)
);

-- Forecasts of champions by the time that they were scored: what drift is measured on.
CREATE INDEX forecast_of_champion_scored ON forecast (interval, horizon, scored_at DESC)
  WHERE scored_at IS NOT NULL AND variant = 'champion';

INSERT INTO alert_rule (name, definition, shipped, created_at, changed_at)
SELECT name, definition::jsonb, true, now(), now() FROM (VALUES
  ('risk-high', '{"condition": {"type": "risk_level", "model": "risk-7d", "at_least": 80}, "holds_for": "10m", "severity": "critical"}'),
  ('risk-rising', '{"condition": {"type": "risk_change", "model": "risk-7d", "by_at_least": 25, "within": "24h"}, "holds_for": "10m", "severity": "warning"}'),
  ('anomaly-strong', '{"condition": {"type": "anomaly_grade", "grade": 0.9, "within": "1h"}, "severity": "warning"}'),
  ('anomalies-many', '{"condition": {"type": "anomaly_count", "count": 4, "grade": 0.1, "within": "24h"}, "severity": "warning"}'),
  ('coverage-off', '{"condition": {"type": "coverage", "horizon": "24h", "forecasts": 1000, "at_least": 0.8, "at_most": 0.98}, "holds_for": "1h", "severity": "warning"}'),
  ('worse-than-naive', '{"condition": {"type": "error_ratio", "horizon": "24h", "forecasts": 1000, "above": 1.1}, "holds_for": "1h", "severity": "warning"}'),
  ('data-stale', '{"condition": {"type": "stale_data", "interval": "1h", "older_than": "3h", "forget_after": "7d"}, "holds_for": "5m", "severity": "warning"}'),
  ('model-old', '{"condition": {"type": "model_age", "older_than": "45d"}, "severity": "warning"}'),
  ('model-missing', '{"condition": {"type": "no_model"}, "holds_for": "15m", "severity": "critical"}'),
  ('large-move', '{"condition": {"type": "forecast_move", "interval": "1h", "horizon": "24h", "at_least": 0.1}, "severity": "info"}')
) AS defaults (name, definition);

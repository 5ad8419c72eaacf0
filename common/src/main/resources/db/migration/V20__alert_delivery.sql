-- Written by serving: who is told what, and whether it got there.
CREATE TABLE alert_silence (
  id         uuid PRIMARY KEY,              -- chosen by the caller, or for them
  matchers   jsonb NOT NULL,
  starts_at  timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL,          -- exclusive; moved to the moment in which it was ended early
  created_by text NOT NULL,
  reason     text NOT NULL,
  created_at timestamptz NOT NULL,
  CHECK (starts_at <= ends_at)
);

CREATE INDEX alert_silence_by_time ON alert_silence (ends_at DESC, id DESC);

-- Written in the transaction that changes an alert: events that are still to be put together for a receiver.
CREATE TABLE alert_outbox (
  receiver   text NOT NULL,
  event      bigint NOT NULL REFERENCES alert_event (number) ON DELETE CASCADE,
  group_key  text NOT NULL,
  queued_at  timestamptz NOT NULL,
  held_until timestamptz,                   -- end of the silence that keeps it back
  PRIMARY KEY (receiver, event)
);

CREATE INDEX alert_outbox_by_group ON alert_outbox (receiver, group_key, event);
CREATE INDEX alert_outbox_by_event ON alert_outbox (event);

-- When a group was last put together.
CREATE TABLE alert_group (
  receiver  text NOT NULL,
  group_key text NOT NULL,
  last_at   timestamptz NOT NULL,
  PRIMARY KEY (receiver, group_key)
);

CREATE TABLE alert_notification (
  number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid NOT NULL UNIQUE,        -- what a receiver knows it by, however often it is sent
  receiver     text NOT NULL,
  group_key    text NOT NULL,
  reminder     boolean NOT NULL,            -- of what still fires, instead of what changed
  content      jsonb NOT NULL,              -- the events, as they were
  events       integer NOT NULL,
  state        text NOT NULL CHECK (state IN ('queued', 'delivered', 'dead')),
  attempts     integer NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  give_up_at   timestamptz NOT NULL,
  next_at      timestamptz NOT NULL,        -- earliest time of the next attempt
  leased_until timestamptz,                 -- somebody tries until then
  finished_at  timestamptz,
  last_error   text
);

CREATE INDEX alert_notification_queued ON alert_notification (receiver, group_key, number) WHERE state = 'queued';
CREATE INDEX alert_notification_by_state ON alert_notification (state, number DESC);

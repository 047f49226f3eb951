-- The platform's own tables: events and their seals, outbox, waiting, timers, idempotency, counters, files, keys, clock.
CREATE SCHEMA platform;
COMMENT ON SCHEMA platform IS 'What every domain stands on: events, outbox, waiting, timers, idempotency, counters, files, keys, clock.';

CREATE DOMAIN platform.jurisdiction AS text COLLATE "C" CONSTRAINT jurisdiction_six_digits CHECK (VALUE ~ '^[0-9]{6}$');
CREATE DOMAIN platform.division AS text COLLATE "C" CONSTRAINT division_digits CHECK (VALUE ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})$');

CREATE TABLE platform.event (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  name text NOT NULL,
  record_kind text NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  state_from text,
  state_to text,
  actor text COLLATE "C",
  actor_role text,
  assignment text COLLATE "C",
  delegated_from text COLLATE "C",
  on_behalf_of text COLLATE "C",
  organization text COLLATE "C",
  amount bigint,
  data jsonb NOT NULL DEFAULT '{}',
  correlation text NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (jurisdiction, id)
);
COMMENT ON TABLE platform.event IS 'distributed. Append-only: timeline, audit trail and source of every figure. Ids, states, codes and keyed hashes; never personal text.';
CREATE INDEX event_record ON platform.event (jurisdiction, record_kind, record_id, id);
CREATE INDEX event_actor ON platform.event (jurisdiction, actor, id);
CREATE INDEX event_transaction ON platform.event (jurisdiction, transaction, id);
CREATE INDEX event_division ON platform.event (jurisdiction, division, id);

CREATE TABLE platform.link (
  jurisdiction platform.jurisdiction NOT NULL,
  from_kind text NOT NULL,
  from_id text COLLATE "C" NOT NULL,
  to_kind text NOT NULL,
  to_id text COLLATE "C" NOT NULL,
  event_id uuid NOT NULL,
  CONSTRAINT link_pkey PRIMARY KEY (jurisdiction, from_kind, from_id, to_kind, to_id)
);
COMMENT ON TABLE platform.link IS 'distributed. Which record grew out of which: the edges that the thread walks, written with the event.';
CREATE INDEX link_to ON platform.link (jurisdiction, to_kind, to_id);

CREATE TABLE platform.outbox (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  consumer text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  failure text,
  CONSTRAINT outbox_pkey PRIMARY KEY (jurisdiction, id)
);
COMMENT ON TABLE platform.outbox IS 'distributed. One row per event and consumer, written with the event, deleted on delivery.';
CREATE INDEX outbox_due ON platform.outbox (jurisdiction, due_at, id);

CREATE TABLE platform.waiting (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  record_kind text NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  verb text NOT NULL,
  permission text NOT NULL,
  division platform.division NOT NULL,
  organization text COLLATE "C",
  person text COLLATE "C",
  department text,
  number text,
  title text,
  since timestamptz NOT NULL,
  due timestamptz,
  CONSTRAINT waiting_pkey PRIMARY KEY (jurisdiction, id)
);
COMMENT ON TABLE platform.waiting IS 'distributed. Per record: which verb waits for whom, and by when. Replaced with each event of the record.';
CREATE INDEX waiting_record ON platform.waiting (jurisdiction, record_kind, record_id);
CREATE INDEX waiting_place ON platform.waiting (permission, division, due, id);
CREATE INDEX waiting_person ON platform.waiting (person, due, id) WHERE person IS NOT NULL;
CREATE INDEX waiting_organization ON platform.waiting (organization, due, id) WHERE organization IS NOT NULL;

CREATE TABLE platform.timer (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  record_kind text NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  handler text NOT NULL,
  due timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  failure text,
  CONSTRAINT timer_pkey PRIMARY KEY (jurisdiction, id)
);
COMMENT ON TABLE platform.timer IS 'distributed. What the program itself does when business time reaches `due`; replaced with each event of the record.';
CREATE INDEX timer_record ON platform.timer (jurisdiction, record_kind, record_id);
CREATE INDEX timer_due ON platform.timer (due, id);

CREATE TABLE platform.idempotency (
  jurisdiction platform.jurisdiction NOT NULL,
  caller text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  endpoint text NOT NULL,
  request_hash text NOT NULL,
  status integer,
  answer text,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT idempotency_pkey PRIMARY KEY (jurisdiction, caller, key)
);
COMMENT ON TABLE platform.idempotency IS 'distributed. The first answer of a keyed request of a caller, given again on repetition; kept for some days.';
CREATE INDEX idempotency_at ON platform.idempotency (at);

CREATE TABLE platform.counter (
  jurisdiction platform.jurisdiction NOT NULL,
  name text NOT NULL,
  year integer NOT NULL,
  value bigint NOT NULL,
  CONSTRAINT counter_pkey PRIMARY KEY (jurisdiction, name, year)
);
COMMENT ON TABLE platform.counter IS 'distributed. Numbers that people see: one row per jurisdiction, kind and year (no sequences: they jump).';

CREATE TABLE platform.clock (
  single boolean NOT NULL DEFAULT true,
  ahead_ms bigint NOT NULL DEFAULT 0,
  CONSTRAINT clock_pkey PRIMARY KEY (single),
  CONSTRAINT clock_one_row CHECK (single),
  CONSTRAINT clock_never_back CHECK (ahead_ms >= 0)
);
COMMENT ON TABLE platform.clock IS 'local. How far the demo has moved business time ahead of real time; zero outside the demo.';
INSERT INTO platform.clock DEFAULT VALUES;

CREATE TABLE platform.fact (
  name text NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT fact_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE platform.fact IS 'local. Single facts of the installation, such as made-by-demo.';

CREATE TABLE platform.migration (
  name text NOT NULL,
  sm3 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT migration_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE platform.migration IS 'local. Which numbered files were applied, with their hash.';

GRANT USAGE ON SCHEMA platform TO liandong_app;
GRANT SELECT, INSERT ON platform.event, platform.link TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.outbox, platform.waiting, platform.timer, platform.idempotency, platform.counter, platform.fact TO liandong_app;
GRANT SELECT, UPDATE ON platform.clock TO liandong_app;
GRANT SELECT ON platform.migration TO liandong_app;

-- Notices: the inbox of every person, how much of it is unread, and which kinds a person does not want.
CREATE SCHEMA notices;
COMMENT ON SCHEMA notices IS 'What a person is told: inbox, unread count, kinds opted out of. My work and timelines are read from the platform.';

CREATE TABLE notices.notice (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  record_kind text NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  params jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL,
  read_at timestamptz,
  CONSTRAINT notice_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT notice_of_person CHECK (left(person, 6) = jurisdiction)
);
COMMENT ON TABLE notices.notice IS 'distributed. One row per person told: which text with which values about which record. The words are filled in when it is read.';
CREATE INDEX notice_inbox ON notices.notice (jurisdiction, person, id DESC);
CREATE INDEX notice_unread ON notices.notice (jurisdiction, person, id DESC) WHERE read_at IS NULL;

CREATE TABLE notices.unread (
  jurisdiction platform.jurisdiction NOT NULL,
  person text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  CONSTRAINT unread_pkey PRIMARY KEY (jurisdiction, person),
  CONSTRAINT unread_not_negative CHECK (n >= 0)
);
COMMENT ON TABLE notices.unread IS 'distributed. How many notices a person has not read: kept with each notice and each reading, never counted.';

CREATE TABLE notices.preference (
  jurisdiction platform.jurisdiction NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  muted boolean NOT NULL,
  CONSTRAINT preference_pkey PRIMARY KEY (jurisdiction, person, kind)
);
COMMENT ON TABLE notices.preference IS 'distributed. Kinds of notices that a person opted out of.';

GRANT USAGE ON SCHEMA notices TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON notices.notice, notices.unread, notices.preference TO liandong_app;

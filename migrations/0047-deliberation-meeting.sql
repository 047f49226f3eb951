-- Deliberation: the meeting's day: agenda with minutes, who came, paper ballots counted by two officers.
CREATE TABLE deliberation.meeting (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  round integer NOT NULL,
  held_on date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  agenda jsonb NOT NULL DEFAULT '[]',
  check_in boolean NOT NULL DEFAULT false,
  attempt integer NOT NULL DEFAULT 1,
  counted jsonb,
  updated_at timestamptz NOT NULL,
  CONSTRAINT meeting_pkey PRIMARY KEY (jurisdiction, motion, round, held_on),
  CONSTRAINT meeting_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT meeting_numbers CHECK (round >= 0 AND attempt >= 1 AND version >= 1)
);
COMMENT ON TABLE deliberation.meeting IS 'distributed. One day of a motion''s meeting: agenda with minutes, whether people check in, the paper count that two officers agree on.';

CREATE TABLE deliberation.attendance (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  round integer NOT NULL,
  held_on date NOT NULL,
  person text COLLATE "C" NOT NULL,
  counted boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT attendance_pkey PRIMARY KEY (jurisdiction, motion, round, held_on, person),
  CONSTRAINT attendance_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id)
);
COMMENT ON TABLE deliberation.attendance IS 'distributed. One person checked in at one meeting; counted: a verified adult resident of the place.';

CREATE TABLE deliberation.paper_count (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  round integer NOT NULL,
  held_on date NOT NULL,
  attempt integer NOT NULL,
  person text COLLATE "C" NOT NULL,
  in_favour integer NOT NULL,
  against integer NOT NULL,
  abstain integer NOT NULL,
  invalid integer NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT paper_count_pkey PRIMARY KEY (jurisdiction, motion, round, held_on, attempt, person),
  CONSTRAINT paper_count_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT paper_count_numbers CHECK (in_favour >= 0 AND against >= 0 AND abstain >= 0 AND invalid >= 0)
);
COMMENT ON TABLE deliberation.paper_count IS 'distributed. One officer''s own count of the paper ballots, entered without seeing the other''s; two equal ones of an attempt are the result.';

GRANT SELECT, INSERT, UPDATE ON deliberation.meeting TO liandong_app;
GRANT SELECT, INSERT ON deliberation.attendance, deliberation.paper_count TO liandong_app;

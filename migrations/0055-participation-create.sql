-- Participation: how many residents of a community took part in what, told in groups.
CREATE SCHEMA participation;
COMMENT ON SCHEMA participation IS 'How many residents of a community raised, supported, spoke, voted and rated, as may be told.';

CREATE TABLE participation.figure (
  jurisdiction platform.jurisdiction NOT NULL,
  division platform.division NOT NULL,
  year text COLLATE "C" NOT NULL,
  act text COLLATE "C" NOT NULL,
  age_group text COLLATE "C" NOT NULL,
  persons integer,
  adults integer,
  as_of date NOT NULL,
  CONSTRAINT figure_pkey PRIMARY KEY (jurisdiction, division, year, act, age_group),
  CONSTRAINT figure_community CHECK (length(division) = 12),
  CONSTRAINT figure_act CHECK (act IN ('any', 'raised', 'supported', 'spoke', 'voted', 'rated')),
  CONSTRAINT figure_age_group CHECK (age_group IN ('all', '18-35', '36-59', '60+')),
  CONSTRAINT figure_not_few CHECK (persons = 0 OR persons >= 5),
  CONSTRAINT figure_not_few_adults CHECK (adults = 0 OR adults >= 5)
);
COMMENT ON TABLE participation.figure IS 'distributed. Distinct adult residents of a community by act and age group in a year, and the adults there are; NULL where fewer than five, or what would reveal them, is not told: hidden counts are stored nowhere.';

GRANT USAGE ON SCHEMA participation TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON participation.figure TO liandong_app;

-- Needs found by their words, in lists that stay short whatever the province holds: each word with its county before it (similar needs, the desk, what is near to
-- whoever searches), and each word with the fifty days of the need before it (the province, newest first: four digits of the id are 2^32 milliseconds).
-- A word that six of a hundred needs have is then looked up among those of one county or of fifty days. Private needs and drafts have no words and are in neither.
DROP INDEX needs.need_found;
DROP INDEX needs.need_search;
CREATE INDEX need_words_near ON needs.need USING gin (((replace(' ' || strip(search)::text, ' ''', ' ''' || jurisdiction::text) || ' ''@' || division::text || ''' ''@' || "left"(division::text, 9) || '''')::tsvector)) WITH (gin_pending_list_limit = 128);
CREATE INDEX need_words_of_age ON needs.need USING gin ((replace(' ' || strip(search)::text, ' ''', ' ''' || "left"(id::text, 4))::tsvector)) WITH (gin_pending_list_limit = 128);

CREATE TABLE needs.word (
  word text COLLATE "C" NOT NULL,
  share real NOT NULL,
  CONSTRAINT word_pkey PRIMARY KEY (word),
  CONSTRAINT word_share CHECK (share > 0 AND share <= 1)
);
COMMENT ON TABLE needs.word IS 'reference. Words that many of the newest open needs have, with the share of needs that have them; counted each night. A word that is not here is rare.';
GRANT SELECT, INSERT, UPDATE, DELETE ON needs.word TO liandong_app;

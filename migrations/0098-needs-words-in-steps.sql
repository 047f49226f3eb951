-- Words of a county are found step by step: in the index of words each need also stands behind `#` with the fifty days of its id, and behind `!` while it has a date due.
-- A word that many have is then looked up among what is still to be done, or among so many days, until a page is full, instead of among all that have it.
DROP INDEX needs.need_words_near;
CREATE INDEX need_words_near ON needs.need USING gin (((replace(' ' || strip(search)::text, ' ''', ' ''' || jurisdiction::text) || ' ''@' || division::text || ''' ''@' || "left"(division::text, 9)
  || ''' ''' || jurisdiction::text || '#' || "left"(id::text, 4) || CASE WHEN due_at IS NULL THEN '''' ELSE ''' ''' || jurisdiction::text || '!''' END)::tsvector)) WITH (gin_pending_list_limit = 128);

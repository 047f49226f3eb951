-- Needs found by their words at a place: community, township and county stand beside the words in one index, so that a text looked up in a place costs
-- the same whatever the province holds. It serves the similar needs and the desk's search alike; private needs and drafts have no words and are not in it.
DROP INDEX needs.need_similar;
CREATE INDEX need_found ON needs.need USING gin ((search || array_to_tsvector(ARRAY['@' || division::text, '@' || "left"(division::text, 9), '@' || jurisdiction::text])));

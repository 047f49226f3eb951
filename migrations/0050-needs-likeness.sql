-- Needs that sound alike: words and place in one index, so that looking a text up in its community costs the same whatever the province holds.
CREATE INDEX need_similar ON needs.need USING gin ((search || array_to_tsvector(ARRAY['@' || division::text, '@' || "left"(division::text, 9)])))
  WHERE visibility = 'public' AND state IN ('submitted', 'accepted', 'responding', 'answered', 'closed');
-- Undecided needs of the last days, among which the desk looks for those that say the same: small, for it holds only what still waits.
CREATE INDEX need_undecided ON needs.need (division, submitted_at DESC, id DESC) WHERE visibility = 'public' AND state = 'submitted';

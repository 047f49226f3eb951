-- A call or proposal is found by the number that people read out, in whatever place it is.
CREATE INDEX call_shown_number ON venture.call (number_value, number_year);
CREATE INDEX proposal_shown_number ON venture.proposal (number_value, number_year);

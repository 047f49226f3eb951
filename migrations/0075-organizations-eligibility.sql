-- Organizations: until which day an organization may not take on new work; written by evaluation when its work was found wanting.
ALTER TABLE organizations.organization ADD COLUMN ineligible_until date;
COMMENT ON COLUMN organizations.organization.ineligible_until IS 'The last day on which it does not qualify for tenders, after an evaluation below the line; tenders ask the register, not the papers.';

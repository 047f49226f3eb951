-- Funds: accounts with their balance, proposals that two persons decide, and transfers that are never changed.
CREATE SCHEMA funds;
COMMENT ON SCHEMA funds IS 'Every yuan traced: accounts, transfers between them, and who proposed and approved each. Local and strictly consistent.';

CREATE TABLE funds.account (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  source text NOT NULL,
  earmark text COLLATE "C" NOT NULL DEFAULT 'general',
  stage text NOT NULL,
  organization text COLLATE "C",
  project text COLLATE "C",
  contract text COLLATE "C",
  may_go_negative boolean NOT NULL,
  stage_rank smallint NOT NULL GENERATED ALWAYS AS (
    CASE stage WHEN 'source' THEN 1 WHEN 'pool' THEN 2 WHEN 'township' THEN 3 WHEN 'encumbered' THEN 4 ELSE 5 END) STORED,
  opened_at timestamptz NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT account_key UNIQUE NULLS NOT DISTINCT (jurisdiction, division, source, earmark, stage, organization, project, contract),
  CONSTRAINT account_source CHECK (source IN ('fiscal-transfer', 'department-purchase', 'direct-payment', 'welfare-lottery', 'community-foundation', 'donation')),
  CONSTRAINT account_stage CHECK (stage IN ('source', 'pool', 'township', 'encumbered', 'paid')),
  CONSTRAINT account_earmark CHECK (earmark ~ '^(general|[0-9]{2}([0-9]{2})?)$'),
  CONSTRAINT account_negative_at_source_only CHECK (may_go_negative = (stage = 'source')),
  CONSTRAINT account_encumbered_for_a_contract CHECK ((stage = 'encumbered') = (contract IS NOT NULL)),
  CONSTRAINT account_paid_to_an_organization CHECK ((stage = 'paid') = (organization IS NOT NULL))
);
COMMENT ON TABLE funds.account IS 'local. Where money stands: source x division x earmark x stage, for a contract where encumbered, for an organization where paid. Never changed.';
CREATE INDEX account_tree ON funds.account (division, source COLLATE "C", earmark, stage_rank, id);
CREATE INDEX account_contract ON funds.account (contract) WHERE contract IS NOT NULL;
CREATE INDEX account_organization ON funds.account (organization, division) WHERE organization IS NOT NULL;

CREATE TABLE funds.balance (
  jurisdiction platform.jurisdiction NOT NULL,
  account uuid NOT NULL,
  amount bigint NOT NULL DEFAULT 0,
  may_go_negative boolean NOT NULL,
  CONSTRAINT balance_pkey PRIMARY KEY (jurisdiction, account),
  CONSTRAINT balance_account FOREIGN KEY (jurisdiction, account) REFERENCES funds.account (jurisdiction, id),
  CONSTRAINT balance_not_overdrawn CHECK (amount >= 0 OR may_go_negative)
);
COMMENT ON TABLE funds.balance IS 'local. What stands on each account, in fen; changed in the transaction of the transfer, rows locked in order of account.';

CREATE TABLE funds.proposal (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  purpose text NOT NULL,
  source text NOT NULL,
  earmark text COLLATE "C" NOT NULL,
  from_jurisdiction platform.jurisdiction NOT NULL,
  from_account uuid NOT NULL,
  to_jurisdiction platform.jurisdiction NOT NULL,
  to_account uuid NOT NULL,
  amount bigint NOT NULL,
  organization text COLLATE "C",
  project text COLLATE "C",
  contract text COLLATE "C",
  milestone text COLLATE "C",
  document text,
  reason text,
  reverses uuid,
  reversed_purpose text,
  accepters text[] NOT NULL DEFAULT '{}',
  proposed_by text COLLATE "C" NOT NULL,
  decided_by text COLLATE "C",
  due timestamptz,
  decided_at timestamptz,
  reversed_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT proposal_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT proposal_number UNIQUE (jurisdiction, number_year, number_value),
  CONSTRAINT proposal_from FOREIGN KEY (from_jurisdiction, from_account) REFERENCES funds.account (jurisdiction, id),
  CONSTRAINT proposal_to FOREIGN KEY (to_jurisdiction, to_account) REFERENCES funds.account (jurisdiction, id),
  CONSTRAINT proposal_reverses FOREIGN KEY (jurisdiction, reverses) REFERENCES funds.proposal (jurisdiction, id),
  CONSTRAINT proposal_state CHECK (state IN ('proposed', 'posted', 'refused', 'reversed')),
  CONSTRAINT proposal_purpose CHECK (purpose IN ('booking', 'allotment', 'encumbrance', 'payment', 'refund', 'reversal')),
  CONSTRAINT proposal_amount CHECK (amount > 0),
  CONSTRAINT proposal_decided CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CONSTRAINT proposal_reversal CHECK ((purpose = 'reversal') = (reverses IS NOT NULL) AND (purpose = 'reversal') = (reversed_purpose IS NOT NULL)),
  CONSTRAINT proposal_payment_of_a_milestone CHECK (purpose <> 'payment' OR (contract IS NOT NULL AND milestone IS NOT NULL AND organization IS NOT NULL))
);
COMMENT ON TABLE funds.proposal IS 'local. A transfer from its proposal to the decision of a second person; what happened to it afterwards.';
CREATE INDEX proposal_place ON funds.proposal (division, id);
CREATE INDEX proposal_from_account ON funds.proposal (from_jurisdiction, from_account, id);
CREATE INDEX proposal_to_account ON funds.proposal (to_jurisdiction, to_account, id);
CREATE INDEX proposal_contract ON funds.proposal (contract, id) WHERE contract IS NOT NULL;
CREATE INDEX proposal_organization ON funds.proposal (organization, id) WHERE organization IS NOT NULL;
CREATE UNIQUE INDEX proposal_reversed_once ON funds.proposal (jurisdiction, reverses) WHERE reverses IS NOT NULL AND state <> 'refused';
CREATE UNIQUE INDEX proposal_milestone_paid_once ON funds.proposal (jurisdiction, contract, milestone) WHERE purpose = 'payment' AND state IN ('proposed', 'posted');

CREATE TABLE funds.transfer (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  purpose text NOT NULL,
  reversed_purpose text,
  from_jurisdiction platform.jurisdiction NOT NULL,
  from_account uuid NOT NULL,
  to_jurisdiction platform.jurisdiction NOT NULL,
  to_account uuid NOT NULL,
  amount bigint NOT NULL,
  organization text COLLATE "C",
  project text COLLATE "C",
  contract text COLLATE "C",
  milestone text COLLATE "C",
  proposed_by text COLLATE "C" NOT NULL,
  approved_by text COLLATE "C" NOT NULL,
  reverses uuid,
  posted_at timestamptz NOT NULL,
  CONSTRAINT transfer_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT transfer_proposal FOREIGN KEY (jurisdiction, id) REFERENCES funds.proposal (jurisdiction, id),
  CONSTRAINT transfer_from FOREIGN KEY (from_jurisdiction, from_account) REFERENCES funds.account (jurisdiction, id),
  CONSTRAINT transfer_to FOREIGN KEY (to_jurisdiction, to_account) REFERENCES funds.account (jurisdiction, id),
  CONSTRAINT transfer_reverses FOREIGN KEY (jurisdiction, reverses) REFERENCES funds.transfer (jurisdiction, id),
  CONSTRAINT transfer_reversed_once UNIQUE (jurisdiction, reverses),
  CONSTRAINT transfer_amount CHECK (amount > 0),
  CONSTRAINT transfer_two_accounts CHECK (from_account <> to_account),
  -- An encumbrance and its refund follow from a contract that two parties signed or completed.
  CONSTRAINT transfer_two_persons CHECK (purpose IN ('encumbrance', 'refund') OR proposed_by <> approved_by)
);
COMMENT ON TABLE funds.transfer IS 'local. Append-only: one amount from one account to another, so the books balance by construction. Taken back only by another transfer, once.';
CREATE INDEX transfer_from_account ON funds.transfer (from_jurisdiction, from_account, id);
CREATE INDEX transfer_to_account ON funds.transfer (to_jurisdiction, to_account, id);
CREATE INDEX transfer_contract ON funds.transfer (contract) WHERE contract IS NOT NULL;
CREATE INDEX transfer_project ON funds.transfer (project) WHERE project IS NOT NULL;
CREATE INDEX transfer_organization ON funds.transfer (organization) WHERE organization IS NOT NULL;

GRANT USAGE ON SCHEMA funds TO liandong_app;
GRANT SELECT, INSERT ON funds.account, funds.transfer TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON funds.balance, funds.proposal TO liandong_app;

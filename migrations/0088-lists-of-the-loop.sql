-- Lists of the loop, newest first: a township's page comes from an index of its own, a city's and the province's from the newest of all; a community's has
-- one already and a county's is the primary key. Without them a page of a table of a million rows reads and sorts the whole place.
CREATE INDEX service_record_township ON delivery.service_record (jurisdiction, left(division, 9), id DESC);
CREATE INDEX service_record_newest ON delivery.service_record (id DESC);
CREATE INDEX social_group_township ON delivery.social_group (jurisdiction, left(division, 9), id DESC);
CREATE INDEX social_group_newest ON delivery.social_group (id DESC);
CREATE INDEX occasion_township ON delivery.occasion (jurisdiction, left(division, 9), id DESC);
CREATE INDEX occasion_newest ON delivery.occasion (id DESC);
CREATE INDEX project_township ON projects.project (jurisdiction, left(division, 9), id DESC);
CREATE INDEX tender_township ON procurement.tender (jurisdiction, left(division, 9), id DESC);
CREATE INDEX contract_township ON contracts.contract (jurisdiction, left(division, 9), id DESC);
CREATE INDEX evaluation_township ON evaluation.evaluation (jurisdiction, left(division, 9), id DESC);
CREATE INDEX finding_township ON evaluation.finding (jurisdiction, left(division, 9), id DESC);
CREATE INDEX finding_newest ON evaluation.finding (id DESC);

-- A township lies in one county: without this the planner takes the two conditions for independent and a township for nearly empty.
CREATE STATISTICS delivery.service_record_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM delivery.service_record;
CREATE STATISTICS delivery.social_group_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM delivery.social_group;
CREATE STATISTICS delivery.occasion_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM delivery.occasion;
CREATE STATISTICS projects.project_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM projects.project;
CREATE STATISTICS procurement.tender_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM procurement.tender;
CREATE STATISTICS contracts.contract_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM contracts.contract;
CREATE STATISTICS evaluation.evaluation_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM evaluation.evaluation;
CREATE STATISTICS evaluation.finding_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM evaluation.finding;

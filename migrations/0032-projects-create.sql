-- Projects: the purchase catalogue and lists, the designs of communities, and residents' comments on them.
CREATE SCHEMA projects;
COMMENT ON SCHEMA projects IS 'Services that communities design, with the catalogue of what may be bought and the purchase lists of the counties.';

CREATE TABLE projects.catalogue_item (
  code text COLLATE "C" NOT NULL,
  class text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  negative text,
  CONSTRAINT catalogue_item_pkey PRIMARY KEY (code),
  CONSTRAINT catalogue_item_code CHECK (code ~ '^[A-Z][0-9]{2}$'),
  CONSTRAINT catalogue_item_class CHECK (class IN ('basic-public', 'social-management', 'industry', 'technical', 'auxiliary', 'other')),
  CONSTRAINT catalogue_item_negative CHECK (negative IN ('staffing', 'core-duty', 'goods', 'works'))
);
COMMENT ON TABLE projects.catalogue_item IS 'reference. What government may buy as a service, in six classes; negative: never, and why. Our own items in the shape of the provincial catalogue of 2018.';

CREATE TABLE projects.purchase_list_item (
  jurisdiction platform.jurisdiction NOT NULL,
  item text COLLATE "C" NOT NULL,
  since_year integer NOT NULL,
  until_year integer,
  added_by text COLLATE "C" NOT NULL,
  removed_by text COLLATE "C",
  CONSTRAINT purchase_list_item_pkey PRIMARY KEY (jurisdiction, item, since_year),
  CONSTRAINT purchase_list_item_known FOREIGN KEY (item) REFERENCES projects.catalogue_item (code),
  CONSTRAINT purchase_list_item_years CHECK (until_year >= since_year),
  CONSTRAINT purchase_list_item_removal CHECK ((until_year IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE projects.purchase_list_item IS 'distributed. A county''s purchase list: an item stands on it from since_year up to the year before until_year, or until taken off.';

CREATE TABLE projects.project (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  title text NOT NULL,
  categories text[] NOT NULL,
  needs text[] NOT NULL,
  motion text COLLATE "C",
  budget bigint NOT NULL,
  mode text NOT NULL,
  source text NOT NULL,
  purchase_item text COLLATE "C" NOT NULL,
  design jsonb NOT NULL,
  designers text[] NOT NULL,
  evidence jsonb,
  round integer NOT NULL DEFAULT 0,
  agree integer NOT NULL DEFAULT 0,
  disagree integer NOT NULL DEFAULT 0,
  neutral integer NOT NULL DEFAULT 0,
  summary jsonb,
  remarks jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  opened_at timestamptz,
  comment_until timestamptz,
  summary_until timestamptz,
  review_until timestamptz,
  duty_reported_at timestamptz,
  approved_at timestamptz,
  approved_by text COLLATE "C",
  tender text COLLATE "C",
  contract text COLLATE "C",
  contract_value bigint,
  cost bigint,
  score integer,
  completed_at timestamptz,
  end_reason text,
  history jsonb NOT NULL,
  CONSTRAINT project_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT project_state CHECK (state IN ('drafting', 'resident-review', 'township-review', 'approved', 'tendering', 'contracted', 'delivering', 'evaluating', 'completed', 'terminated')),
  CONSTRAINT project_place CHECK (length(division) IN (9, 12)),
  CONSTRAINT project_mode CHECK (mode IN ('contracting-out', 'entrusted-service', 'public-built-privately-run', 'privately-run-publicly-aided')),
  CONSTRAINT project_source CHECK (source IN ('fiscal-transfer', 'department-purchase', 'direct-payment', 'welfare-lottery', 'community-foundation', 'donation')),
  CONSTRAINT project_item FOREIGN KEY (purchase_item) REFERENCES projects.catalogue_item (code),
  CONSTRAINT project_money CHECK (budget > 0 AND contract_value >= 0 AND cost >= 0),
  CONSTRAINT project_score CHECK (score BETWEEN 0 AND 10000),
  CONSTRAINT project_approved_with_grounds CHECK (state IN ('drafting', 'resident-review', 'township-review', 'terminated') OR (cardinality(needs) > 0 AND evidence IS NOT NULL AND approved_at IS NOT NULL)),
  CONSTRAINT project_tendering_has_tender CHECK (state <> 'tendering' OR tender IS NOT NULL),
  CONSTRAINT project_contract CHECK (state NOT IN ('contracted', 'delivering', 'evaluating', 'completed') OR contract IS NOT NULL),
  CONSTRAINT project_completed_with_result CHECK (state <> 'completed' OR (cost IS NOT NULL AND score IS NOT NULL)),
  CONSTRAINT project_open_when_submitted CHECK (opened_at IS NOT NULL OR state IN ('drafting', 'terminated'))
);
COMMENT ON TABLE projects.project IS 'distributed. A service that a community designs. design: the parts that are only shown (goals, activities, results, budget lines, partners); score in hundredths of a point.';
CREATE UNIQUE INDEX project_number ON projects.project (jurisdiction, number_year, number_value);
CREATE INDEX project_newest ON projects.project (id DESC);
CREATE INDEX project_place_newest ON projects.project (division, id DESC);
CREATE INDEX project_state_newest ON projects.project (state, id DESC);
CREATE INDEX project_results ON projects.project (jurisdiction, completed_at DESC) WHERE state = 'completed';

CREATE TABLE projects.comment (
  jurisdiction platform.jurisdiction NOT NULL,
  project uuid NOT NULL,
  round integer NOT NULL,
  person text COLLATE "C" NOT NULL,
  stance text NOT NULL,
  words text,
  at timestamptz NOT NULL,
  CONSTRAINT comment_pkey PRIMARY KEY (jurisdiction, project, round, person),
  CONSTRAINT comment_of_project FOREIGN KEY (jurisdiction, project) REFERENCES projects.project (jurisdiction, id),
  CONSTRAINT comment_stance CHECK (stance IN ('agree', 'disagree', 'neutral'))
);
COMMENT ON TABLE projects.comment IS 'distributed. A verified resident''s comment on a design, one per person and round. Never changed.';
CREATE INDEX comment_newest ON projects.comment (jurisdiction, project, round, at DESC);

INSERT INTO projects.catalogue_item (code, class, name, name_en, negative) VALUES
  ('A01', 'basic-public', '居家养老与助餐服务', 'Home care and meals for the elderly', NULL),
  ('A02', 'basic-public', '社区日间照料服务', 'Day care in the community', NULL),
  ('A03', 'basic-public', '独居老人探访关爱', 'Visits to elders living alone', NULL),
  ('A04', 'basic-public', '儿童课后与假期托管', 'After-school and holiday care', NULL),
  ('A05', 'basic-public', '困境儿童与留守儿童关爱', 'Care for children in difficulty', NULL),
  ('A06', 'basic-public', '残疾人康复与日间照护', 'Rehabilitation and day care for disabled people', NULL),
  ('A07', 'basic-public', '困难群众帮扶与个案服务', 'Case work for people in need', NULL),
  ('A08', 'basic-public', '社区健康促进与慢病管理', 'Community health and chronic illness', NULL),
  ('A09', 'basic-public', '就业指导与技能培训', 'Job guidance and skills training', NULL),
  ('A10', 'basic-public', '群众文化体育活动', 'Culture and sport for residents', NULL),
  ('A11', 'basic-public', '社区教育与老年学习', 'Community education and learning for elders', NULL),
  ('A12', 'basic-public', '便民生活服务', 'Everyday services for residents', NULL),
  ('A13', 'basic-public', '家庭教育与心理支持', 'Parenting and mental health support', NULL),
  ('B01', 'social-management', '社区社会工作服务', 'Community social work', NULL),
  ('B02', 'social-management', '社区社会组织培育', 'Fostering community organizations', NULL),
  ('B03', 'social-management', '居民议事与参与能力建设', 'Building residents’ participation', NULL),
  ('B04', 'social-management', '矛盾纠纷调解辅助', 'Support of mediation', NULL),
  ('B05', 'social-management', '公共法律服务', 'Public legal services', NULL),
  ('B06', 'social-management', '社区矫正与安置帮教辅助', 'Support of community correction and resettlement', NULL),
  ('B07', 'social-management', '禁毒宣传与社区康复辅助', 'Drug prevention and community rehabilitation', NULL),
  ('B08', 'social-management', '志愿服务组织与运营', 'Running volunteer services', NULL),
  ('B09', 'social-management', '社区公共设施日常运营', 'Daily running of community facilities', NULL),
  ('B10', 'social-management', '环境卫生与垃圾分类宣导', 'Cleanliness and waste sorting campaigns', NULL),
  ('B11', 'social-management', '平安宣传与消防安全服务', 'Safety and fire prevention services', NULL),
  ('B12', 'social-management', '新市民融入服务', 'Services for newcomers', NULL),
  ('C01', 'industry', '行业调查与统计分析', 'Surveys and statistics of a trade', NULL),
  ('C02', 'industry', '行业标准研究', 'Research on standards of a trade', NULL),
  ('C03', 'industry', '社会组织等级评估', 'Rating of social organizations', NULL),
  ('C04', 'industry', '社会工作人才培训', 'Training of social workers', NULL),
  ('D01', 'technical', '监测与检测服务', 'Monitoring and testing', NULL),
  ('D02', 'technical', '信息系统运行维护', 'Running information systems', NULL),
  ('D03', 'technical', '项目绩效评价', 'Evaluation of projects', NULL),
  ('D04', 'technical', '需求调查与方案设计', 'Needs surveys and service design', NULL),
  ('E01', 'auxiliary', '法律顾问服务', 'Legal advice', NULL),
  ('E02', 'auxiliary', '会议与培训服务', 'Meetings and training', NULL),
  ('E03', 'auxiliary', '宣传与公共关系服务', 'Publicity', NULL),
  ('E04', 'auxiliary', '审计与会计服务', 'Audit and accounting', NULL),
  ('F01', 'other', '公益创投项目支持', 'Support of venture projects', NULL),
  ('F02', 'other', '其他适合由社会力量承担的服务', 'Other services fit for society to undertake', NULL),
  ('N01', 'other', '以购买服务名义用工', 'Hiring people under the name of a service', 'staffing'),
  ('N02', 'other', '编制内岗位的劳务派遣', 'Dispatched labour for established posts', 'staffing'),
  ('N03', 'other', '行政许可、处罚与强制', 'Licences, penalties and enforcement', 'core-duty'),
  ('N04', 'other', '行政决策与行政确认', 'Administrative decisions and confirmations', 'core-duty'),
  ('N05', 'other', '设备与办公用品采购', 'Equipment and office supplies', 'goods'),
  ('N06', 'other', '慰问物资采购', 'Gifts and relief goods', 'goods'),
  ('N07', 'other', '房屋建设与装修工程', 'Building and refurbishment works', 'works'),
  ('N08', 'other', '道路管网等市政工程', 'Roads, pipes and other public works', 'works');

GRANT USAGE ON SCHEMA projects TO liandong_app;
GRANT SELECT ON projects.catalogue_item TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON projects.purchase_list_item, projects.project TO liandong_app;
GRANT SELECT, INSERT ON projects.comment TO liandong_app;

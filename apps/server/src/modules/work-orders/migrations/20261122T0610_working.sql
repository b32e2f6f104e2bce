-- The work itself: what it costs and who agreed to it, who helps, visits, parts, safety, contractors, hand-overs.
-- The amounts agreed, and what a safety check or a joint job asks of the next act, stand on the order: its own
-- version guards them, and whether it may be finished is decided without a second row.
alter table work_orders.work_order
  add column charge_state text not null default 'none',
  -- what the household agreed to pay, in fen; null: nothing is agreed
  add column charge_fen bigint,
  add column safety text not null default 'none',
  add column crew_account_ids uuid[] not null default '{}',
  add constraint work_order_charge_state check (charge_state in ('none', 'not_due', 'draft', 'quoted', 'agreed', 'declined')),
  add constraint work_order_charge_agreed check ((charge_fen is not null) = (charge_state = 'agreed')),
  add constraint work_order_safety check (safety in ('none', 'needed', 'passed', 'stopped'));
-- For the warranty: what was finished here before.
create index work_order_facility on work_orders.work_order (scope_id, facility_id, work_order_id desc) where facility_id is not null;

-- The price list of a company or of one department: append-only, a used price never changes. Prices of a property
-- company are to be displayed to everybody, so whoever is signed in may read them.
create table work_orders.price (
  -- the company's or the department's scope
  scope_id uuid not null,
  price_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  code text not null,
  -- 1, 2, 3 … of this code: of two who edit at once, one is told
  version integer not null,
  kind text not null,
  name text not null,
  unit text not null,
  price_fen bigint not null,
  warranty_months smallint not null,
  valid_from date not null,
  -- no longer offered from that day
  is_withdrawn boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint price_pk primary key (scope_id, price_id),
  constraint price_version unique (scope_id, code, version),
  constraint price_kind check (kind in ('material', 'labour')),
  constraint price_not_negative check (price_fen >= 0 and warranty_months between 0 and 120)
);

-- One a matter that costs something: who pays, what is taken off, and how many quotations there have been.
create table work_orders.charge (
  scope_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  payer text not null,
  payer_reason text,
  discount_fen bigint not null default 0,
  discount_reason text,
  quote_no integer not null default 0,
  -- the earlier order whose warranty covers this one
  warranty_order_id uuid,
  warranty_until date,
  updated_at timestamptz not null,
  constraint charge_pk primary key (scope_id, work_order_id),
  constraint charge_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint charge_payer check (payer in ('household', 'developer', 'company', 'maintenance_fund', 'utility', 'responsible_party')),
  constraint charge_discount check (discount_fen >= 0)
);

create table work_orders.charge_line (
  scope_id uuid not null,
  work_order_id uuid not null,
  line_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  kind text not null,
  -- null: not from the list, with a reason
  price_id uuid,
  name text not null,
  unit text not null,
  -- hundredths of the unit
  quantity_hundredths bigint not null,
  unit_price_fen bigint not null,
  amount_fen bigint not null,
  warranty_months smallint not null,
  reason text,
  added_by uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  constraint charge_line_pk primary key (scope_id, work_order_id, line_id),
  constraint charge_line_charge_fk foreign key (scope_id, work_order_id) references work_orders.charge (scope_id, work_order_id),
  constraint charge_line_kind check (kind in ('material', 'labour', 'other')),
  constraint charge_line_free check (kind <> 'other' or price_id is not null or reason is not null),
  constraint charge_line_amount check (quantity_hundredths > 0 and unit_price_fen >= 0 and amount_fen >= 0)
);

-- What was offered and what was said to it: append-only, with the lines as they were shown.
create table work_orders.charge_entry (
  scope_id uuid not null,
  work_order_id uuid not null,
  entry_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  quote_no integer not null,
  kind text not null,
  -- by the resident in the app, signed on the worker's phone, or told to the desk on the phone
  how text,
  total_fen bigint not null,
  lines jsonb not null,
  words text,
  signer_name text,
  signature_file_id uuid,
  by_account_id uuid,
  by_name text,
  -- whom a delegate acted for
  for_name text,
  at timestamptz not null,
  constraint charge_entry_pk primary key (scope_id, work_order_id, entry_id),
  constraint charge_entry_charge_fk foreign key (scope_id, work_order_id) references work_orders.charge (scope_id, work_order_id),
  constraint charge_entry_kind check (kind in ('sent', 'withdrawn', 'asked', 'agreed', 'declined')),
  constraint charge_entry_how check (how in ('app', 'signature', 'call')),
  constraint charge_entry_signed check (how is distinct from 'signature' or signer_name is not null)
);

-- Who works beside the one responsible, each with their own marks.
create table work_orders.crew (
  scope_id uuid not null,
  work_order_id uuid not null,
  crew_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  account_id uuid not null,
  name text not null,
  title text not null,
  added_by_name text,
  added_at timestamptz not null,
  arrived_at timestamptz,
  left_at timestamptz,
  constraint crew_pk primary key (scope_id, work_order_id, crew_id),
  constraint crew_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);

create index crew_member on work_orders.crew (account_id, work_order_id) where left_at is null;

create table work_orders.visit (
  scope_id uuid not null,
  work_order_id uuid not null,
  visit_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  position smallint not null,
  planned_from timestamptz not null,
  planned_to timestamptz not null,
  purpose text not null,
  done_at timestamptz,
  done_words text,
  left_words text,
  cancelled_at timestamptz,
  constraint visit_pk primary key (scope_id, work_order_id, visit_id),
  constraint visit_position unique (scope_id, work_order_id, position),
  constraint visit_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint visit_span check (planned_to >= planned_from)
);

create table work_orders.part (
  scope_id uuid not null,
  work_order_id uuid not null,
  part_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  what text not null,
  supplier text,
  expected_on date not null,
  ordered_by_name text,
  ordered_at timestamptz not null,
  arrived_at timestamptz,
  constraint part_pk primary key (scope_id, work_order_id, part_id),
  constraint part_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);

-- What was checked before the work began, by whom: append-only.
create table work_orders.safety_answer (
  scope_id uuid not null,
  work_order_id uuid not null,
  answer_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  list_code text not null,
  -- the list's own date: which wording was answered
  list_date date not null,
  item_code text not null,
  answer text not null,
  words text,
  file_id uuid,
  by_account_id uuid not null,
  by_name text,
  at timestamptz not null,
  constraint safety_answer_pk primary key (scope_id, work_order_id, answer_id),
  constraint safety_answer_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint safety_answer_answer check (answer in ('yes', 'no', 'not_applicable'))
);

-- Somebody from outside, for one order and some days. Only a hash of the link's secret is kept.
create table work_orders.contractor_link (
  scope_id uuid not null,
  link_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  work_order_id uuid not null,
  secret_hash bytea not null,
  contractor text not null,
  task text not null,
  due_at timestamptz,
  -- null: the resident's phone is not for them
  contact_purpose text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  state text not null,
  accepted_at timestamptz,
  arrived_at timestamptz,
  ended_at timestamptz,
  created_by uuid not null,
  created_by_name text,
  created_at timestamptz not null,
  constraint contractor_link_pk primary key (scope_id, link_id),
  constraint contractor_link_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint contractor_link_state check (state in ('invited', 'accepted', 'arrived', 'done', 'declined'))
);
create index contractor_link_order on work_orders.contractor_link (scope_id, work_order_id);

-- At shift change: jobs of one worker offered to another. The scope is their department, the orders lie in its compounds.
create table work_orders.handover (
  scope_id uuid not null,
  handover_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  from_account_id uuid not null,
  from_name text not null,
  to_account_id uuid not null,
  to_name text not null,
  state text not null,
  created_at timestamptz not null,
  answered_at timestamptz,
  constraint handover_pk primary key (scope_id, handover_id),
  constraint handover_state check (state in ('offered', 'accepted', 'declined', 'withdrawn'))
);
create index handover_open on work_orders.handover (scope_id, handover_id desc) where state = 'offered';
create table work_orders.handover_item (
  scope_id uuid not null,
  handover_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  order_scope_id uuid not null,
  note text not null,
  -- what became of it when it was taken: null until then
  result text,
  constraint handover_item_pk primary key (scope_id, handover_id, work_order_id),
  constraint handover_item_handover_fk foreign key (scope_id, handover_id) references work_orders.handover (scope_id, handover_id),
  constraint handover_item_result check (result in ('passed', 'gone'))
);

alter table work_orders.price enable row level security, force row level security;
create policy price_app_read on work_orders.price for select to gongzhi_app using (true);
create policy price_app_add on work_orders.price for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy price_worker on work_orders.price for select to gongzhi_worker using (true);

alter table work_orders.charge enable row level security, force row level security;
create policy charge_app on work_orders.charge for all to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy charge_worker on work_orders.charge for select to gongzhi_worker using (true);
alter table work_orders.charge_line enable row level security, force row level security;
create policy charge_line_app_read on work_orders.charge_line for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy charge_line_app_add on work_orders.charge_line for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy charge_line_app_change on work_orders.charge_line for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy charge_line_worker on work_orders.charge_line for select to gongzhi_worker using (true);
alter table work_orders.charge_entry enable row level security, force row level security;
create policy charge_entry_app_read on work_orders.charge_entry for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy charge_entry_app_add on work_orders.charge_entry for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy charge_entry_worker on work_orders.charge_entry for select to gongzhi_worker using (true);

alter table work_orders.crew enable row level security, force row level security;
create policy crew_app_read on work_orders.crew for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy crew_app_add on work_orders.crew for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy crew_app_change on work_orders.crew for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy crew_worker on work_orders.crew for select to gongzhi_worker using (true);
alter table work_orders.visit enable row level security, force row level security;
create policy visit_app_read on work_orders.visit for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy visit_app_add on work_orders.visit for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy visit_app_change on work_orders.visit for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy visit_worker on work_orders.visit for select to gongzhi_worker using (true);
alter table work_orders.part enable row level security, force row level security;
create policy part_app_read on work_orders.part for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
create policy part_app_add on work_orders.part for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy part_app_change on work_orders.part for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy part_worker on work_orders.part for select to gongzhi_worker using (true);

alter table work_orders.safety_answer enable row level security, force row level security;
create policy safety_answer_app_read on work_orders.safety_answer for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy safety_answer_app_add on work_orders.safety_answer for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy safety_answer_worker on work_orders.safety_answer for select to gongzhi_worker using (true);
-- Who holds a link has no account: nobody yet, who states the one link's id as who they are.
alter table work_orders.contractor_link enable row level security, force row level security;
create policy contractor_link_app_read on work_orders.contractor_link for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or (current_setting('app.kind', true) = 'signin' and link_id = platform.account()));
create policy contractor_link_app_add on work_orders.contractor_link for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy contractor_link_app_change on work_orders.contractor_link for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy contractor_link_worker on work_orders.contractor_link for select to gongzhi_worker using (true);
alter table work_orders.handover enable row level security, force row level security;
create policy handover_app on work_orders.handover for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy handover_worker on work_orders.handover for select to gongzhi_worker using (true);
alter table work_orders.handover_item enable row level security, force row level security;
create policy handover_item_app on work_orders.handover_item for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy handover_item_worker on work_orders.handover_item for select to gongzhi_worker using (true);

grant select, insert on work_orders.price, work_orders.charge_entry, work_orders.safety_answer to gongzhi_app;
grant select, insert, update on work_orders.charge, work_orders.crew, work_orders.visit, work_orders.part,
  work_orders.contractor_link, work_orders.handover, work_orders.handover_item to gongzhi_app;
grant select, insert, update (removed_at) on work_orders.charge_line to gongzhi_app;
grant select on work_orders.price, work_orders.charge, work_orders.charge_line, work_orders.charge_entry, work_orders.crew,
  work_orders.visit, work_orders.part, work_orders.safety_answer, work_orders.contractor_link, work_orders.handover,
  work_orders.handover_item to gongzhi_worker;
grant select, insert, update, delete on work_orders.price, work_orders.charge, work_orders.charge_line,
  work_orders.charge_entry, work_orders.crew, work_orders.visit, work_orders.part, work_orders.safety_answer,
  work_orders.contractor_link, work_orders.handover, work_orders.handover_item to gongzhi_loader;

-- check
select count(*) = 11 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace and c.relkind = 'r'
  and c.relname in ('price', 'charge', 'charge_line', 'charge_entry', 'crew', 'visit', 'part', 'safety_answer',
    'contractor_link', 'handover', 'handover_item')

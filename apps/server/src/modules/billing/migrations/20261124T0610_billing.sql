-- What a home owes and why: tariffs with their source, who pays, the month's run, bills, what was settled, and how a
-- household is reminded. Amounts are whole fen. What money did stands in the ledger; here stands what it was for.
create schema billing;
grant usage on schema billing to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- One version of what an item costs; added to only. Of a day the version that began last holds.
create table billing.tariff (
  scope_id uuid not null,
  tariff_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  item text not null,
  name text not null,
  -- {"kind": "none"} ends an item from that day on
  rule jsonb not null,
  terms jsonb not null,
  valid_from date not null,
  -- the first day on which it no longer holds
  valid_to date,
  source text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  constraint tariff_pk primary key (scope_id, tariff_id),
  constraint tariff_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint tariff_range check (valid_to is null or valid_to > valid_from),
  constraint tariff_source check (source <> '')
);
create index tariff_item on billing.tariff (scope_id, item, valid_from desc, tariff_id desc);

-- What one household has besides the others: spaces, a rent with its rises, a deposit, a home that stands empty.
create table billing.agreement (
  scope_id uuid not null,
  agreement_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  kind text not null,
  item text,
  params jsonb not null,
  starts_on date not null,
  -- the first day on which it no longer holds
  ends_on date,
  source text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  version integer not null,
  constraint agreement_pk primary key (scope_id, agreement_id),
  constraint agreement_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint agreement_kind check (kind in ('parking', 'rent', 'deposit', 'vacancy')),
  constraint agreement_item check ((kind = 'vacancy') or item is not null),
  constraint agreement_range check (ends_on is null or ends_on >= starts_on)
);
create index agreement_household on billing.agreement (scope_id, household_id);

-- Who pays which part from when until when; where nothing is said, the household.
create table billing.payer (
  scope_id uuid not null,
  payer_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- of a home, of a building, or of the whole compound
  household_id uuid,
  building_id uuid,
  item text,
  payer text not null,
  party_id uuid,
  party_name text,
  share_bp integer not null,
  starts_on date not null,
  ends_on date,
  source text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  version integer not null,
  constraint payer_pk primary key (scope_id, payer_id),
  constraint payer_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint payer_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint payer_place check (household_id is null or building_id is null),
  constraint payer_kind check (payer in ('owner', 'tenant', 'developer', 'property_unit', 'subsidy')),
  constraint payer_party check ((payer in ('owner', 'tenant')) = (party_id is null)),
  constraint payer_named check ((party_id is null) = (party_name is null)),
  constraint payer_share check (share_bp between 1 and 10000),
  constraint payer_range check (ends_on is null or ends_on >= starts_on)
);
create index payer_scope on billing.payer (scope_id, starts_on);

-- What was spent together and is shared out; added to only.
create table billing.shared_cost (
  scope_id uuid not null,
  cost_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  item text not null,
  period date not null,
  building_id uuid,
  total_fen bigint not null,
  source text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  constraint shared_cost_pk primary key (scope_id, cost_id),
  constraint shared_cost_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint shared_cost_month check (extract(day from period) = 1)
);
create index shared_cost_period on billing.shared_cost (scope_id, period);

-- A month's bills of one compound, from the asking to the last posting.
create table billing.run (
  scope_id uuid not null,
  run_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  period date not null,
  issue_on date not null,
  state text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  calculated_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  reason text,
  households integer not null default 0,
  lines integer not null default 0,
  total_fen bigint not null default 0,
  last_total_fen bigint not null default 0,
  exceptions integer not null default 0,
  -- households up to this one have their bills
  posted_up_to uuid,
  posted_lines integer not null default 0,
  posted_fen bigint not null default 0,
  posted_at timestamptz,
  version integer not null,
  constraint run_pk primary key (scope_id, run_id),
  constraint run_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint run_month check (extract(day from period) = 1),
  constraint run_state check (state in ('calculating', 'ready', 'approved', 'posted', 'cancelled')),
  constraint run_decided check ((state in ('approved', 'posted', 'cancelled')) = (decided_by is not null)),
  constraint run_second_person check (state not in ('approved', 'posted') or decided_by <> asked_by)
);
-- One run a month that has not been given up.
create unique index run_period on billing.run (scope_id, period) where state <> 'cancelled';
-- One at a time: two that are looked at together could both bill what is billed once.
create unique index run_open on billing.run (scope_id) where state in ('calculating', 'ready', 'approved');
create index run_company on billing.run (company_id, run_id desc);
create index run_working on billing.run (state, run_id) where state in ('calculating', 'approved');

-- What a run would bill: looked at before it is approved, and exactly what is posted afterwards.
create table billing.run_line (
  scope_id uuid not null,
  run_id uuid not null,
  line_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  payer text not null,
  party_id uuid,
  party_name text,
  item text not null,
  name text not null,
  tariff_id uuid,
  amount_fen bigint not null,
  discount_fen bigint not null,
  quantity_milli bigint,
  basis jsonb not null,
  service_from date not null,
  service_to date not null,
  due_on date not null,
  early_until date,
  early_fen bigint not null,
  source_kind text,
  source_id text,
  constraint run_line_pk primary key (scope_id, run_id, household_id, line_id),
  constraint run_line_run_fk foreign key (scope_id, run_id) references billing.run (scope_id, run_id)
);

-- What of a run somebody should look at, or what could not be calculated.
create table billing.run_exception (
  scope_id uuid not null,
  run_id uuid not null,
  exception_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  household_label text,
  item text,
  code text not null,
  params jsonb not null,
  -- nothing is billed for it in this run
  is_left_out boolean not null,
  constraint run_exception_pk primary key (scope_id, run_id, exception_id),
  constraint run_exception_run_fk foreign key (scope_id, run_id) references billing.run (scope_id, run_id)
);

create table billing.bill (
  scope_id uuid not null,
  bill_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  number text not null,
  household_id uuid not null,
  household_label text not null,
  payer text not null,
  party_id uuid,
  party_name text,
  period date not null,
  run_id uuid,
  issued_on date not null,
  issued_at timestamptz not null,
  total_fen bigint not null,
  constraint bill_pk primary key (scope_id, bill_id),
  constraint bill_number unique (scope_id, number),
  constraint bill_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint bill_payer check (payer in ('owner', 'tenant', 'developer', 'property_unit', 'subsidy')),
  constraint bill_party check ((payer in ('owner', 'tenant')) = (party_id is null))
);
create unique index bill_once on billing.bill (scope_id, run_id, household_id, party_id) nulls not distinct where run_id is not null;
create index bill_household on billing.bill (scope_id, household_id, bill_id desc);

-- Never changed but for how much of it is settled, and that it was taken back.
create table billing.bill_line (
  scope_id uuid not null,
  line_id uuid not null,
  bill_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  period date not null,
  payer text not null,
  party_id uuid,
  item text not null,
  name text not null,
  tariff_id uuid,
  -- below nothing: a credit, which went to the household's balance at once
  amount_fen bigint not null,
  discount_fen bigint not null,
  quantity_milli bigint,
  basis jsonb not null,
  service_from date not null,
  service_to date not null,
  issued_on date not null,
  due_on date not null,
  -- paid whole by this day, so much is taken off
  early_until date,
  early_fen bigint not null,
  source_kind text,
  source_id text,
  -- the line this one stands in the place of
  corrects uuid,
  settled_fen bigint not null,
  voided_at timestamptz,
  voided_by uuid,
  voided_by_name text,
  void_reason text,
  constraint bill_line_pk primary key (scope_id, line_id),
  constraint bill_line_bill_fk foreign key (scope_id, bill_id) references billing.bill (scope_id, bill_id),
  constraint bill_line_settled check (settled_fen >= 0 and settled_fen <= greatest(amount_fen, 0)),
  constraint bill_line_early check (early_fen >= 0 and (early_until is null) = (early_fen = 0)),
  constraint bill_line_range check (service_to >= service_from),
  constraint bill_line_void check ((voided_at is null) = (voided_by is null) and (voided_at is null) = (void_reason is null))
);
create index bill_line_household on billing.bill_line (scope_id, household_id, line_id desc);
create index bill_line_bill on billing.bill_line (scope_id, bill_id);
create index bill_line_open on billing.bill_line (scope_id, household_id, due_on, line_id) where voided_at is null and settled_fen < amount_fen;
create index bill_line_period on billing.bill_line (scope_id, period);
-- Whatever gives rise to a line gives rise to it once; taken back, it may be billed anew.
create unique index bill_line_source on billing.bill_line (scope_id, source_kind, source_id) where source_id is not null and voided_at is null;

-- What closed how much of a line; added to only, taken back by its opposite.
create table billing.settlement (
  scope_id uuid not null,
  settlement_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  line_id uuid not null,
  bill_id uuid not null,
  household_id uuid not null,
  kind text not null,
  source_id text not null,
  amount_fen bigint not null,
  key text not null,
  settled_on date not null,
  settled_at timestamptz not null,
  constraint settlement_pk primary key (scope_id, settlement_id),
  constraint settlement_once unique (scope_id, key),
  constraint settlement_line_fk foreign key (scope_id, line_id) references billing.bill_line (scope_id, line_id),
  constraint settlement_kind check (kind in ('payment', 'cash', 'prepaid', 'refund', 'early_discount', 'void')),
  constraint settlement_amount check (amount_fen <> 0)
);
create index settlement_line on billing.settlement (scope_id, line_id);
create index settlement_household on billing.settlement (scope_id, household_id, settlement_id desc);

-- Where a household stands on the ladder of reminders. The notes and promises beside it are for who does the accounts.
create table billing.arrears (
  scope_id uuid not null,
  household_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  state text not null,
  -- of the steps in force, how many have been taken for the oldest open line
  steps_taken integer not null,
  oldest_line_id uuid,
  next_at timestamptz,
  promised_until date,
  version integer not null,
  updated_at timestamptz not null,
  constraint arrears_pk primary key (scope_id, household_id),
  constraint arrears_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint arrears_state check (state in ('reminding', 'promised', 'disputed', 'settled')),
  constraint arrears_promise check ((state = 'promised') = (promised_until is not null)),
  constraint arrears_steps check (steps_taken >= 0)
);
create index arrears_due on billing.arrears (next_at) where next_at is not null;

create table billing.arrears_note (
  scope_id uuid not null,
  note_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  kind text not null,
  -- what was said may name people
  words_cipher bytea not null,
  promised_until date,
  at timestamptz not null,
  by_account_id uuid not null,
  by_name text not null,
  constraint arrears_note_pk primary key (scope_id, note_id),
  constraint arrears_note_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint arrears_note_kind check (kind in ('note', 'promise', 'dispute', 'resumed'))
);
create index arrears_note_household on billing.arrears_note (scope_id, household_id, note_id desc);

create table billing.reminder (
  scope_id uuid not null,
  reminder_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  step integer not null,
  way text not null,
  total_fen bigint not null,
  lines integer not null,
  oldest_due_on date not null,
  -- how many accounts were told; a letter waits for the desk to print it
  told integer not null,
  sent_at timestamptz not null,
  sent_on date not null,
  printed_at timestamptz,
  constraint reminder_pk primary key (scope_id, reminder_id),
  constraint reminder_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint reminder_way check (way in ('message', 'letter'))
);
create index reminder_household on billing.reminder (scope_id, household_id, reminder_id desc);
create index reminder_letters on billing.reminder (scope_id, reminder_id) where way = 'letter' and printed_at is null;

-- A compound's month in figures, for whoever oversees it and may not see whose they are; made anew by a sweep.
create table billing.month_total (
  scope_id uuid not null,
  period date not null,
  city_id uuid, street_id uuid, company_id uuid,
  households integer not null,
  billed_fen bigint not null,
  settled_fen bigint not null,
  open_fen bigint not null,
  counted_at timestamptz not null,
  constraint month_total_pk primary key (scope_id, period),
  constraint month_total_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- check
select count(*) = 14 from pg_catalog.pg_class c
where c.relnamespace = 'billing'::pg_catalog.regnamespace and c.relkind = 'r'

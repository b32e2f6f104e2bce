-- Gates, who may pass them, under which measures, and who did.
create schema access;
grant usage on schema access to gongzhi_app, gongzhi_worker, gongzhi_loader;
-- The days of access.passage: reached through it alone, so nobody but the owner may look in here.
create schema access_days;

create table access.gate (
  scope_id uuid not null,
  gate_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  code text not null,
  name text not null,
  kind text not null,
  direction text not null,
  -- a door of one building; null: of the whole compound
  building_id uuid,
  -- [{days, fromMinute, toMinute}]; empty: always
  hours jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  constraint gate_pk primary key (scope_id, gate_id),
  constraint gate_code unique (scope_id, code),
  constraint gate_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint gate_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint gate_kind check (kind in ('pedestrian', 'vehicle', 'both')),
  constraint gate_direction check (direction in ('in', 'out', 'both'))
);
create index gate_company on access.gate (company_id, gate_id);
create index gate_street on access.gate (street_id, gate_id);
create index gate_city on access.gate (city_id, gate_id);

-- The end of each gate's chain; whoever adds to it holds its row. Today's count stands beside it.
create table access.gate_chain (
  scope_id uuid not null,
  gate_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  seq bigint not null,
  digest bytea not null,
  last_at timestamptz,
  day date,
  entries integer not null,
  exits integer not null,
  constraint gate_chain_pk primary key (scope_id, gate_id),
  constraint gate_chain_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id)
) with (fillfactor = 50);

create table access.gate_device (
  scope_id uuid not null,
  device_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  kind text not null,
  label text not null,
  -- SHA-256 of a secret of 192 random bits; null: none was issued yet, or it was taken away
  secret_hash bytea,
  -- goes up with each new secret
  credential_version integer not null,
  version integer not null,
  created_at timestamptz not null,
  last_seen_at timestamptz,
  -- its clock less ours, as it was last seen
  clock_skew_ms bigint,
  clock_off_at timestamptz,
  revoked_at timestamptz,
  constraint gate_device_pk primary key (scope_id, device_id),
  constraint gate_device_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id),
  constraint gate_device_kind check (kind in ('barrier', 'reader', 'guard_phone'))
) with (fillfactor = 70);
create index gate_device_gate on access.gate_device (scope_id, gate_id);

create table access.pass (
  scope_id uuid not null,
  pass_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- sixteen hexadecimal digits by lot: what stands in a code, and says nothing
  ref text not null,
  kind text not null,
  status text not null,
  household_id uuid,
  person_id uuid,
  account_id uuid,
  -- where its holder lives: a measure for that building counts for them at every gate
  home_building_id uuid,
  name_cipher bytea,
  name_masked text,
  phone_cipher bytea,
  phone_masked text,
  phone_last4_index bytea,
  plate_cipher bytea,
  plate_masked text,
  plate_index bytea,
  card_index bytea,
  six_digits_index bytea,
  -- null: every gate, every building
  gate_ids uuid[],
  building_ids uuid[],
  valid_from timestamptz not null,
  valid_to timestamptz,
  hours jsonb not null,
  entries_allowed integer,
  entries_used integer not null,
  -- what the phone's code is made of
  secret_cipher bytea,
  guardian_pass_id uuid,
  authority text,
  document_no text,
  reason text,
  issued_by uuid,
  issued_by_name text,
  issued_at timestamptz not null,
  version integer not null,
  updated_at timestamptz not null,
  constraint pass_pk primary key (scope_id, pass_id),
  constraint pass_ref unique (scope_id, ref),
  constraint pass_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint pass_guardian_fk foreign key (scope_id, guardian_pass_id) references access.pass (scope_id, pass_id),
  constraint pass_kind check (kind in ('resident', 'family', 'tenant', 'staff', 'helper', 'visitor', 'courier', 'delivery', 'contractor', 'vehicle', 'minor', 'card')),
  constraint pass_status check (status in ('active', 'suspended', 'revoked')),
  constraint pass_ref_form check (ref ~ '^[0-9a-f]{16}$'),
  constraint pass_range check (valid_to is null or valid_to > valid_from),
  constraint pass_entries check (entries_used >= 0 and (entries_allowed is null or entries_used <= entries_allowed))
) with (fillfactor = 80);
create index pass_household on access.pass (scope_id, household_id, pass_id desc) where household_id is not null;
create index pass_person on access.pass (scope_id, person_id) where person_id is not null;
create index pass_account on access.pass (scope_id, account_id) where account_id is not null;
create index pass_last4 on access.pass (scope_id, phone_last4_index) where phone_last4_index is not null;
create index pass_plate on access.pass (scope_id, plate_index) where plate_index is not null;
create index pass_card on access.pass (scope_id, card_index) where card_index is not null;
create index pass_six_digits on access.pass (scope_id, six_digits_index) where six_digits_index is not null;
create index pass_changed on access.pass (scope_id, updated_at);

-- What a measure is, and since when; what it contains stands in its versions.
create table access.policy (
  scope_id uuid not null,
  policy_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  building_id uuid,
  name text not null,
  authority text not null,
  document_no text not null,
  version integer not null,
  starts_at timestamptz not null,
  -- exclusive; moved forward when it is ended early
  ends_at timestamptz not null,
  retention_days integer not null,
  ended_by_name text,
  end_reason text,
  -- its data was destroyed
  wiped_at timestamptz,
  created_at timestamptz not null,
  constraint policy_pk primary key (scope_id, policy_id),
  constraint policy_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint policy_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint policy_range check (ends_at >= starts_at),
  constraint policy_has_authority check (length(trim(authority)) > 0 and length(trim(document_no)) > 0),
  constraint policy_retention check (retention_days between 0 and 3660)
);
create index policy_in_force on access.policy (scope_id, ends_at);
create index policy_company on access.policy (company_id, policy_id desc);
create index policy_street on access.policy (street_id, policy_id desc);
create index policy_city on access.policy (city_id, policy_id desc);
-- For the claim: over, and its data not destroyed yet.
create index policy_to_wipe on access.policy (ends_at) where wiped_at is null;

create table access.policy_version (
  scope_id uuid not null,
  policy_id uuid not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- checks, onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes, and authority, document, from, to as of then
  content jsonb not null,
  written_by uuid not null,
  written_by_name text not null,
  written_at timestamptz not null,
  constraint policy_version_pk primary key (scope_id, policy_id, version),
  constraint policy_version_policy_fk foreign key (scope_id, policy_id) references access.policy (scope_id, policy_id)
);

-- Who is not let in, watched, or under a notice of isolation: by whose authority, until when, and what they say to it.
create table access.list_entry (
  scope_id uuid not null,
  entry_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  -- a pass, a person or a household of this scope
  subject_kind text not null,
  subject_id uuid,
  -- a plate without a pass
  plate_index bytea,
  name_cipher bytea,
  name_masked text,
  reason_cipher bytea not null,
  authority text not null,
  document_no text,
  policy_id uuid,
  author_account_id uuid not null,
  author_name text not null,
  starts_at timestamptz not null,
  -- exclusive: no entry is for ever
  ends_at timestamptz not null,
  lifted_at timestamptz,
  lift_reason text,
  appeal_state text not null,
  appeal_cipher bytea,
  appealed_at timestamptz,
  answer_cipher bytea,
  answered_at timestamptz,
  answered_by_name text,
  version integer not null,
  created_at timestamptz not null,
  constraint list_entry_pk primary key (scope_id, entry_id),
  constraint list_entry_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint list_entry_policy_fk foreign key (scope_id, policy_id) references access.policy (scope_id, policy_id),
  constraint list_entry_kind check (kind in ('deny', 'watch', 'isolation')),
  constraint list_entry_subject check (subject_kind in ('pass', 'person', 'household', 'plate')
    and (subject_kind = 'plate') = (subject_id is null) and (subject_kind = 'plate') = (plate_index is not null)),
  constraint list_entry_range check (ends_at > starts_at),
  -- a notice of isolation is a measure's, and goes with it
  constraint list_entry_isolation check (kind <> 'isolation' or policy_id is not null),
  constraint list_entry_appeal check (appeal_state in ('none', 'open', 'upheld', 'rejected'))
);
create index list_entry_subject_ref on access.list_entry (scope_id, subject_id) where lifted_at is null;
create index list_entry_plate on access.list_entry (scope_id, plate_index) where plate_index is not null and lifted_at is null;

-- What was last known of somebody's health, sealed; only while a measure asks for it.
create table access.health_fact (
  scope_id uuid not null,
  pass_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  facts_cipher bytea not null,
  as_of timestamptz not null,
  constraint health_fact_pk primary key (scope_id, pass_id),
  constraint health_fact_pass_fk foreign key (scope_id, pass_id) references access.pass (scope_id, pass_id)
) with (fillfactor = 80);

-- Each step of a phone's code that let somebody through: once in a compound.
create table access.code_use (
  scope_id uuid not null,
  ref text not null,
  step bigint not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  passage_id uuid not null,
  used_at timestamptz not null,
  constraint code_use_pk primary key (scope_id, ref, step)
);
create index code_use_age on access.code_use (used_at);

-- Every decision, in each gate's order of recording, chained. Added to only; a day's table goes when its time is over.
-- No foreign keys: a row outlives what it names, and at eight in the morning each would be looked up.
create table access.passage (
  scope_id uuid not null,
  gate_id uuid not null,
  seq bigint not null,
  recorded_at timestamptz not null,
  -- the sender's number for it: said twice, it is one passage
  passage_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  device_id uuid,
  account_id uuid,
  -- when it happened by the clock of who decided offline; the recording's time otherwise
  happened_at timestamptz not null,
  direction text not null,
  outcome text not null,
  urgent text,
  decided_by text not null,
  latency_us integer not null,
  -- ids, each with its version in the second list
  policy_ids uuid[] not null,
  policy_versions integer[] not null,
  override_of uuid,
  -- who: erased with the person
  way text,
  pass_kind text,
  pass_id uuid,
  household_id uuid,
  who_salt bytea,
  who_digest bytea not null,
  -- why, sealed: findings, what was said, what was measured; destroyed with the measure
  why_cipher bytea,
  why_salt bytea,
  why_digest bytea not null,
  digest bytea not null,
  constraint passage_pk primary key (scope_id, gate_id, seq, recorded_at),
  constraint passage_direction check (direction in ('in', 'out')),
  constraint passage_outcome check (outcome in ('pass', 'pass_report', 'refer', 'refuse')),
  constraint passage_decided_by check (decided_by in ('server', 'offline', 'person'))
) partition by range (recorded_at);
create index passage_said on access.passage (scope_id, gate_id, passage_id);
create index passage_pass on access.passage (scope_id, pass_id, recorded_at) where pass_id is not null;
create index passage_stopped on access.passage (scope_id, recorded_at) where outcome in ('refer', 'refuse');

-- What was destroyed, when and on what ground; nothing of what it was. For a chain: where it goes on from.
create table access.destruction (
  scope_id uuid not null,
  destruction_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  policy_id uuid,
  gate_id uuid,
  from_at timestamptz not null,
  to_at timestamptz not null,
  row_count bigint not null,
  last_seq bigint,
  last_digest bytea,
  detail jsonb not null,
  done_at timestamptz not null,
  constraint destruction_pk primary key (scope_id, destruction_id),
  constraint destruction_kind check (kind in ('measure', 'day', 'export', 'person'))
);
create index destruction_gate on access.destruction (scope_id, gate_id, done_at) where gate_id is not null;

-- A day's table, made when it is first needed; whoever comes second finds it.
create function access.open_day(day date) returns void language plpgsql security definer set search_path = '' as $$
declare
  name text := 'passage_' || pg_catalog.to_char(day, 'YYYYMMDD');
begin
  -- A device's clock cannot fill the database with tables.
  if day < date '2020-01-01' or day > date '2100-01-01' then
    raise exception 'no such day';
  end if;
  if pg_catalog.to_regclass('access_days.' || name) is not null then return; end if;
  perform pg_catalog.pg_advisory_xact_lock(7116402);
  if pg_catalog.to_regclass('access_days.' || name) is not null then return; end if;
  execute pg_catalog.format('create table access_days.%I (like access.passage including defaults including constraints)', name);
  execute pg_catalog.format('alter table access_days.%I enable row level security, force row level security', name);
  execute pg_catalog.format(
    'alter table access.passage attach partition access_days.%I for values from (%L) to (%L)',
    name, day::pg_catalog.timestamp at time zone 'UTC', (day + 1)::pg_catalog.timestamp at time zone 'UTC');
end $$;
revoke all on function access.open_day(date) from public;
grant execute on function access.open_day(date) to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- Its certificate is the caller's to write, in the same transaction.
create function access.drop_day(day date) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  name text := 'passage_' || pg_catalog.to_char(day, 'YYYYMMDD');
begin
  if pg_catalog.to_regclass('access_days.' || name) is null then return false; end if;
  execute pg_catalog.format('drop table access_days.%I', name);
  return true;
end $$;
revoke all on function access.drop_day(date) from public;
grant execute on function access.drop_day(date) to gongzhi_worker;

alter table access.gate enable row level security, force row level security;
create policy gate_app_read on access.gate for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy gate_app_add on access.gate for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_app_change on access.gate for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_worker on access.gate for all to gongzhi_worker using (true) with check (true);

alter table access.gate_chain enable row level security, force row level security;
create policy gate_chain_app on access.gate_chain for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_chain_worker on access.gate_chain for all to gongzhi_worker using (true) with check (true);

alter table access.gate_device enable row level security, force row level security;
create policy gate_device_app on access.gate_device for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_device_worker on access.gate_device for all to gongzhi_worker using (true) with check (true);

-- A home's passes are its people's since they live there; one's own are one's own.
alter table access.pass enable row level security, force row level security;
create policy pass_app on access.pass for all to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, pass_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, pass_id));
create policy pass_worker on access.pass for all to gongzhi_worker using (true) with check (true);

-- Measures in force are told to everybody they concern.
alter table access.policy enable row level security, force row level security;
create policy policy_app_read on access.policy for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy policy_app_add on access.policy for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy policy_app_change on access.policy for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy policy_worker on access.policy for all to gongzhi_worker using (true) with check (true);

alter table access.policy_version enable row level security, force row level security;
create policy policy_version_app_read on access.policy_version for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy policy_version_app_add on access.policy_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy policy_version_worker on access.policy_version for all to gongzhi_worker using (true) with check (true);

alter table access.list_entry enable row level security, force row level security;
create policy list_entry_app on access.list_entry for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy list_entry_worker on access.list_entry for all to gongzhi_worker using (true) with check (true);

alter table access.health_fact enable row level security, force row level security;
create policy health_fact_app on access.health_fact for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy health_fact_worker on access.health_fact for all to gongzhi_worker using (true) with check (true);

alter table access.code_use enable row level security, force row level security;
create policy code_use_app_read on access.code_use for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy code_use_app_add on access.code_use for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy code_use_worker on access.code_use for all to gongzhi_worker using (true) with check (true);

-- A home sees who came on its own passes, since its people live there.
alter table access.passage enable row level security, force row level security;
create policy passage_app_read on access.passage for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, pass_id));
create policy passage_app_add on access.passage for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy passage_worker on access.passage for all to gongzhi_worker using (true) with check (true);

alter table access.destruction enable row level security, force row level security;
create policy destruction_app_read on access.destruction for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy destruction_worker on access.destruction for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on access.gate, access.gate_chain, access.gate_device, access.pass, access.policy, access.list_entry,
  access.health_fact to gongzhi_app;
grant select, insert on access.policy_version, access.passage, access.code_use to gongzhi_app;
grant select on access.destruction to gongzhi_app;
grant select, insert, update on access.gate, access.gate_chain, access.gate_device, access.pass, access.policy, access.list_entry to gongzhi_worker;
grant select, delete on access.health_fact, access.code_use to gongzhi_worker;
grant select on access.policy_version to gongzhi_worker;
-- Only what the law wants erased can be: who it was, and why.
grant select, update (way, pass_kind, pass_id, household_id, who_salt, why_cipher, why_salt) on access.passage to gongzhi_worker;
grant select, insert on access.destruction to gongzhi_worker;
grant update (company_id) on access.health_fact, access.code_use, access.policy_version to gongzhi_worker;
grant select, insert, update, delete on all tables in schema access to gongzhi_loader;

-- check
select count(*) = 11 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
  and not pg_catalog.has_schema_privilege('gongzhi_app', 'access_days', 'usage')
  and not pg_catalog.has_table_privilege('gongzhi_app', 'access.passage', 'update')
from pg_catalog.pg_class c where c.relnamespace = 'access'::pg_catalog.regnamespace and c.relkind in ('r', 'p')

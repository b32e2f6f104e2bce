-- Meters, what was read on them, prepaid balances and what meters are told.
create schema metering;
grant usage on schema metering to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- What speaks for the meters behind it: a concentrator we call, one that calls us, or one on the broker of devices.
create table metering.gateway (
  scope_id uuid not null,
  gateway_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  label text not null,
  transport text not null,
  -- where it is called; only for 'dial'
  host text,
  port integer,
  -- SHA-256 of a secret of 192 random bits, for those who call us; a newer one puts out who came with the older
  secret_hash bytea,
  credential_version integer not null,
  -- who may command meters: the password of level 02, sealed
  password_cipher bytea,
  version integer not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  last_seen_at timestamptz,
  -- the last thing that went wrong on its line
  fault text,
  fault_at timestamptz,
  constraint gateway_pk primary key (scope_id, gateway_id),
  constraint gateway_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint gateway_transport check (transport in ('dial', 'listen', 'mqtt')),
  constraint gateway_address check ((transport = 'dial') = (host is not null and port is not null)),
  constraint gateway_port check (port between 1 and 65535)
) with (fillfactor = 70);
create index gateway_company on metering.gateway (company_id, gateway_id);

create table metering.meter (
  scope_id uuid not null,
  meter_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  -- what stands on it
  serial text not null,
  household_id uuid,
  household_label text,
  building_id uuid,
  spot text not null,
  -- digits before the point: after the last one it begins anew
  digits integer not null,
  gateway_id uuid,
  -- its twelve digits on the line
  address text,
  installed_on date not null,
  retired_on date,
  -- the one that hung there before
  replaces_id uuid,
  version integer not null,
  -- the last reading that counts, in thousandths of its unit
  last_reading_id uuid,
  last_at timestamptz,
  last_milli bigint,
  -- what it usually needs in a day, from its readings; null: not known yet
  usual_milli_day bigint,
  -- of who is read from afar
  next_read_at timestamptz,
  -- when its readings are looked through again
  watch_at timestamptz,
  last_seen_at timestamptz,
  line_state text not null,
  line_fault text,
  line_fault_at timestamptz,
  -- what it said of its switch: null where it has none or has not said
  is_open boolean,
  constraint meter_pk primary key (scope_id, meter_id),
  constraint meter_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint meter_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint meter_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint meter_gateway_fk foreign key (scope_id, gateway_id) references metering.gateway (scope_id, gateway_id),
  constraint meter_replaces_fk foreign key (scope_id, replaces_id) references metering.meter (scope_id, meter_id),
  constraint meter_kind check (kind in ('power', 'water', 'gas', 'heat')),
  constraint meter_digits check (digits between 3 and 9),
  constraint meter_address check (address ~ '^[0-9]{12}$'),
  constraint meter_line check ((gateway_id is null) = (address is null)),
  constraint meter_line_state check (line_state in ('none', 'never', 'ok', 'silent', 'error')),
  constraint meter_retired check (retired_on >= installed_on)
) with (fillfactor = 70);
create unique index meter_serial on metering.meter (scope_id, kind, serial) where retired_on is null;
create unique index meter_on_line on metering.meter (scope_id, address) where address is not null and retired_on is null;
create unique index meter_replaced_once on metering.meter (scope_id, replaces_id) where replaces_id is not null;
create index meter_household on metering.meter (scope_id, household_id, meter_id);
create index meter_company on metering.meter (company_id, meter_id);
create index meter_gateway on metering.meter (scope_id, gateway_id) where gateway_id is not null;
create index meter_watch on metering.meter (watch_at) where watch_at is not null;
create index meter_due on metering.meter (next_read_at) where next_read_at is not null;

-- Written once; only whether it counts is decided later.
create table metering.reading (
  scope_id uuid not null,
  reading_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  meter_id uuid not null,
  household_id uuid,
  -- the same again is the same reading
  source_key text not null,
  source text not null,
  taken_at timestamptz not null,
  -- the place's own day
  day date not null,
  milli bigint not null,
  state text not null,
  -- what made it be asked about, and what was answered
  doubts text[] not null,
  answer text,
  note text,
  -- since the reading that counted before it; null for the first and for what does not count
  previous_id uuid,
  used_milli bigint,
  recorded_at timestamptz not null,
  recorded_by uuid,
  recorded_by_name text,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  has_photo boolean not null,
  -- whether it was taken off a prepaid balance
  is_charged boolean not null,
  constraint reading_pk primary key (scope_id, reading_id),
  constraint reading_meter_fk foreign key (scope_id, meter_id) references metering.meter (scope_id, meter_id),
  constraint reading_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint reading_once unique (scope_id, meter_id, source_key),
  constraint reading_source check (source in ('first', 'manual', 'resident', 'import', 'remote', 'final')),
  constraint reading_state check (state in ('counted', 'held', 'rejected')),
  constraint reading_milli check (milli >= 0),
  constraint reading_used check (used_milli >= 0),
  constraint reading_answer check (answer in ('sure', 'rolled_over', 'earlier_wrong', 'rejected'))
);
create index reading_meter on metering.reading (scope_id, meter_id, taken_at desc, reading_id desc);
create index reading_household on metering.reading (scope_id, household_id, day);
create index reading_held on metering.reading (scope_id, reading_id) where state = 'held';
create index reading_company_held on metering.reading (company_id, reading_id) where state = 'held';

-- A meter that is paid for ahead.
create table metering.prepaid (
  scope_id uuid not null,
  meter_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  -- who counts the money down: the meter itself, or we
  keeps text not null,
  -- ten-thousandths of a yuan for one unit
  price integer not null,
  alarm_1_fen bigint not null,
  alarm_2_fen bigint not null,
  overdraft_fen bigint not null,
  -- 0: as much as one likes
  hoarding_fen bigint not null,
  close_permit_fen bigint not null,
  -- closed again above that amount, and not yet at it
  is_close_strict boolean not null,
  -- energy only: what was bought and what was used, and nothing else anybody may owe
  balance_fen bigint not null,
  -- what is less than a fen, in hundred-thousandths of it
  rest integer not null,
  purchases integer not null,
  phase text not null,
  phase_since timestamptz not null,
  -- what was read before is not its matter
  since timestamptz not null,
  -- by who lives there, after it was switched off with something left to lend
  restore_asked_at timestamptz,
  compared_on date,
  -- why it must never be switched off, sealed: what somebody's health needs is nobody's to read
  protection_cipher bytea,
  protected_until date,
  -- what the meter was last told: protected, or not
  is_shielded boolean not null,
  meter_fen bigint,
  meter_at timestamptz,
  -- when it is to be looked at again
  check_at timestamptz,
  version integer not null,
  constraint prepaid_pk primary key (scope_id, meter_id),
  constraint prepaid_meter_fk foreign key (scope_id, meter_id) references metering.meter (scope_id, meter_id),
  constraint prepaid_keeps check (keeps in ('meter', 'us')),
  constraint prepaid_price check (price between 1 and 10000000),
  constraint prepaid_alarms check (alarm_1_fen >= alarm_2_fen and alarm_2_fen >= 0),
  constraint prepaid_limits check (overdraft_fen >= 0 and hoarding_fen >= 0 and close_permit_fen >= 0),
  constraint prepaid_rest check (rest between 0 and 99999),
  constraint prepaid_phase check (phase in ('ok', 'low', 'warned_off', 'overdraft', 'off')),
  constraint prepaid_protection check ((protection_cipher is null) = (protected_until is null))
) with (fillfactor = 70);
create index prepaid_compare on metering.prepaid (compared_on);
create index prepaid_due on metering.prepaid (check_at) where check_at is not null;

-- Money that was paid for a meter, and whether it got there.
create table metering.top_up (
  scope_id uuid not null,
  top_up_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  meter_id uuid not null,
  household_id uuid,
  key text not null,
  amount_fen bigint not null,
  payment_id uuid not null,
  state text not null,
  -- which purchase of the meter's it is: it counts none twice
  purchase integer,
  asked_at timestamptz not null,
  ended_at timestamptz,
  error text,
  constraint top_up_pk primary key (scope_id, top_up_id),
  constraint top_up_meter_fk foreign key (scope_id, meter_id) references metering.prepaid (scope_id, meter_id),
  constraint top_up_once unique (scope_id, key),
  constraint top_up_amount check (amount_fen > 0),
  constraint top_up_state check (state in ('waiting', 'sent', 'confirmed', 'failed'))
);
create index top_up_meter on metering.top_up (scope_id, meter_id, top_up_id desc);
create index top_up_waiting on metering.top_up (scope_id, meter_id) where state = 'waiting';

create table metering.command (
  scope_id uuid not null,
  command_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  meter_id uuid not null,
  household_id uuid,
  kind text not null,
  reason text not null,
  note text,
  state text not null,
  attempts integer not null,
  next_at timestamptz,
  -- while one process speaks with the meter about it
  leased_until timestamptz,
  asked_at timestamptz not null,
  -- null: a rule did
  asked_by uuid,
  asked_by_name text,
  sent_at timestamptz,
  ended_at timestamptz,
  error text,
  top_up_id uuid,
  amount_fen bigint,
  purchase integer,
  constraint command_pk primary key (scope_id, command_id),
  constraint command_meter_fk foreign key (scope_id, meter_id) references metering.meter (scope_id, meter_id),
  constraint command_top_up_fk foreign key (scope_id, top_up_id) references metering.top_up (scope_id, top_up_id),
  constraint command_kind check (kind in ('trip', 'allow_close', 'close', 'alarm_on', 'alarm_off', 'protect_on', 'protect_off', 'top_up')),
  -- Civil Code, article 944: nobody's power, water, heat or gas is cut or limited over property fees. Such a reason is no
  -- reason here, whoever writes it.
  constraint command_944 check (reason in ('prepaid_balance', 'safety', 'resident_wish', 'meter_work', 'paid', 'protection', 'routine')),
  constraint command_trip check (kind <> 'trip' or reason in ('prepaid_balance', 'safety', 'resident_wish', 'meter_work')),
  constraint command_state check (state in ('waiting', 'confirmed', 'failed', 'cancelled')),
  constraint command_due check ((state = 'waiting') = (next_at is not null)),
  constraint command_ended check (state <> 'waiting' or ended_at is null)
) with (fillfactor = 80);
create index command_meter on metering.command (scope_id, meter_id, command_id desc);
create index command_due_at on metering.command (next_at) where state = 'waiting';
create unique index command_one_waiting on metering.command (scope_id, meter_id, kind) where state = 'waiting' and kind <> 'top_up';

-- What somebody asked a meter to do and the law forbids. Added to only.
create table metering.refusal (
  scope_id uuid not null,
  refusal_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  meter_id uuid not null,
  kind text not null,
  reason text not null,
  law text not null,
  via text not null,
  asked_by uuid,
  asked_by_name text,
  at timestamptz not null,
  constraint refusal_pk primary key (scope_id, refusal_id),
  constraint refusal_meter_fk foreign key (scope_id, meter_id) references metering.meter (scope_id, meter_id),
  constraint refusal_via check (via in ('api', 'job', 'mqtt'))
);
create index refusal_scope on metering.refusal (scope_id, refusal_id desc);

-- What stands out and somebody should look at; one open of a kind.
create table metering.finding (
  scope_id uuid not null,
  finding_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  meter_id uuid not null,
  rule text not null,
  since timestamptz not null,
  raised_at timestamptz not null,
  ended_at timestamptz,
  ended_how text,
  ended_by_name text,
  note text,
  -- figures only
  facts jsonb not null,
  work_order_id uuid,
  order_number text,
  constraint finding_pk primary key (scope_id, finding_id),
  constraint finding_meter_fk foreign key (scope_id, meter_id) references metering.meter (scope_id, meter_id),
  constraint finding_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint finding_rule check (rule in ('leak', 'quiet_home', 'silent', 'difference', 'top_up_failed', 'command_failed', 'wrong_address')),
  constraint finding_ended check ((ended_at is null) = (ended_how is null)),
  constraint finding_ended_how check (ended_how in ('cleared', 'people'))
);
create unique index finding_one_open on metering.finding (scope_id, meter_id, rule) where ended_at is null;
create index finding_open on metering.finding (scope_id, finding_id desc) where ended_at is null;
create index finding_company on metering.finding (company_id, finding_id desc) where ended_at is null;
create index finding_order on metering.finding (scope_id, work_order_id) where work_order_id is not null;

-- A home that wants somebody to look when its meter stands still: its own wish, for as long as it says.
create table metering.care (
  scope_id uuid not null,
  household_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- why, and whom to call, sealed
  note_cipher bytea,
  asked_on date not null,
  until date not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  ended_at timestamptz,
  constraint care_pk primary key (scope_id, household_id),
  constraint care_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint care_range check (until >= asked_on)
);

-- Red and orange weather, as the competent authority told it and somebody wrote it down.
create table metering.warning (
  scope_id uuid not null,
  warning_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  level text not null,
  event text not null,
  issuer text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  lifted_at timestamptz,
  constraint warning_pk primary key (scope_id, warning_id),
  constraint warning_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint warning_level check (level in ('red', 'orange', 'yellow', 'blue')),
  constraint warning_range check (ends_at > starts_at)
);
create index warning_scope on metering.warning (scope_id, ends_at desc);

-- The walls. A household's meters and what they cost are its own matter and of who runs the place.
alter table metering.gateway enable row level security, force row level security;
create policy gateway_app_read on metering.gateway for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gateway_app_add on metering.gateway for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gateway_app_change on metering.gateway for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gateway_worker on metering.gateway for all to gongzhi_worker using (true) with check (true);

alter table metering.meter enable row level security, force row level security;
create policy meter_app_read on metering.meter for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy meter_app_add on metering.meter for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy meter_app_change on metering.meter for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy meter_worker on metering.meter for all to gongzhi_worker using (true) with check (true);

-- What was read before somebody moved in is its former people's.
alter table metering.reading enable row level security, force row level security;
create policy reading_app_read on metering.reading for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, reading_id));
create policy reading_app_add on metering.reading for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, reading_id));
create policy reading_app_change on metering.reading for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy reading_worker on metering.reading for all to gongzhi_worker using (true) with check (true);

alter table metering.prepaid enable row level security, force row level security;
create policy prepaid_app_read on metering.prepaid for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy prepaid_app_add on metering.prepaid for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy prepaid_app_change on metering.prepaid for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy prepaid_worker on metering.prepaid for all to gongzhi_worker using (true) with check (true);

alter table metering.top_up enable row level security, force row level security;
create policy top_up_app_read on metering.top_up for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, top_up_id));
create policy top_up_app_add on metering.top_up for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, top_up_id));
create policy top_up_worker on metering.top_up for all to gongzhi_worker using (true) with check (true);

alter table metering.command enable row level security, force row level security;
create policy command_app_read on metering.command for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, command_id));
create policy command_app_add on metering.command for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, command_id));
create policy command_app_change on metering.command for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy command_worker on metering.command for all to gongzhi_worker using (true) with check (true);

alter table metering.refusal enable row level security, force row level security;
create policy refusal_app_read on metering.refusal for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy refusal_app_add on metering.refusal for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy refusal_worker on metering.refusal for all to gongzhi_worker using (true) with check (true);

alter table metering.finding enable row level security, force row level security;
create policy finding_app_read on metering.finding for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy finding_app_change on metering.finding for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy finding_worker on metering.finding for all to gongzhi_worker using (true) with check (true);

alter table metering.care enable row level security, force row level security;
create policy care_app_read on metering.care for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy care_app_add on metering.care for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy care_app_change on metering.care for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy care_worker on metering.care for all to gongzhi_worker using (true) with check (true);

-- The weather is everybody's.
alter table metering.warning enable row level security, force row level security;
create policy warning_app_read on metering.warning for select to gongzhi_app using (true);
create policy warning_app_add on metering.warning for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy warning_app_change on metering.warning for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy warning_worker on metering.warning for select to gongzhi_worker using (true);

grant select, insert, update on metering.gateway, metering.meter, metering.reading, metering.prepaid, metering.command, metering.care, metering.warning to gongzhi_app;
grant select, insert on metering.top_up, metering.refusal to gongzhi_app;
grant select, update on metering.finding to gongzhi_app;
grant select, insert, update on metering.gateway, metering.meter, metering.reading, metering.prepaid, metering.top_up, metering.command, metering.finding, metering.care to gongzhi_worker;
grant select, insert on metering.refusal to gongzhi_worker;
grant select on metering.warning to gongzhi_worker;
grant select, insert, update, delete on all tables in schema metering to gongzhi_loader;

-- check
select count(*) = 10 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'metering'::pg_catalog.regnamespace and c.relkind = 'r'

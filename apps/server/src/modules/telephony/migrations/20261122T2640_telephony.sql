-- The telephone of a desk. A line belongs to a project department; its provider tells what happens on it. Numbers lie
-- sealed, are found again by an index of their own department, and shown masked.
create schema telephony;
grant usage on schema telephony to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table telephony.line (
  scope_id uuid not null,
  line_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  name text not null,
  secret_cipher bytea not null,
  made_by uuid not null,
  made_name text not null,
  made_at timestamptz not null,
  heard_at timestamptz,
  revoked_at timestamptz,
  constraint line_pk primary key (scope_id, line_id),
  constraint line_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- Who sits at which telephone now; nobody where account_id is null.
create table telephony.seat (
  scope_id uuid not null,
  extension text not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid,
  account_name text,
  seated_at timestamptz not null,
  constraint seat_pk primary key (scope_id, extension),
  constraint seat_account unique (scope_id, account_id),
  constraint seat_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint seat_named check ((account_id is null) = (account_name is null))
);

-- A missed call is one task a number: call back. Done, it stays until it is forgotten.
create table telephony.task (
  scope_id uuid not null,
  task_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  number_cipher bytea not null,
  number_index bytea not null,
  number_masked text not null,
  first_missed_at timestamptz not null,
  last_missed_at timestamptz not null,
  last_call_id uuid not null,
  missed_count integer not null,
  attempts integer not null,
  claimed_by uuid,
  claimed_name text,
  claimed_until timestamptz,
  done_at timestamptz,
  done_name text,
  outcome text,
  version integer not null,
  constraint task_pk primary key (scope_id, task_id),
  constraint task_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint task_outcome check (outcome in ('reached', 'unreachable', 'not_needed', 'called_again', 'answered')),
  constraint task_done check ((done_at is null) = (outcome is null)),
  constraint task_counts check (missed_count > 0 and attempts >= 0)
);
create unique index task_number on telephony.task (scope_id, number_index) where done_at is null;
create index task_open on telephony.task (scope_id, first_missed_at, task_id) where done_at is null;
create index task_done_at on telephony.task (done_at) where done_at is not null;

create table telephony.call (
  scope_id uuid not null,
  call_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  line_id uuid not null,
  -- what the provider calls it
  provider_id text not null,
  direction text not null,
  -- null where the number is withheld
  number_cipher bytea,
  number_index bytea,
  number_masked text,
  -- what is known of it, whatever came first (domain/call.ts)
  facts jsonb not null,
  state text not null,
  extension text,
  began_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  task_id uuid,
  heard_at timestamptz not null,
  constraint call_pk primary key (scope_id, call_id),
  constraint call_provider unique (scope_id, line_id, provider_id),
  constraint call_line_fk foreign key (scope_id, line_id) references telephony.line (scope_id, line_id),
  constraint call_direction check (direction in ('in', 'out')),
  constraint call_state check (state in ('waiting', 'ringing', 'talking', 'ended', 'missed', 'lost')),
  constraint call_number check ((number_cipher is null) = (number_index is null) and (number_cipher is null) = (number_masked is null))
);
create index call_open on telephony.call (scope_id, began_at) where state in ('waiting', 'ringing', 'talking');
create index call_began on telephony.call (scope_id, began_at desc, call_id desc);
create index call_answered on telephony.call (scope_id, number_index, answered_at) where answered_at is not null and number_index is not null;
create index call_heard on telephony.call (heard_at);

-- What the provider said, once each.
create table telephony.event (
  scope_id uuid not null,
  line_id uuid not null,
  event_key text not null,
  city_id uuid, street_id uuid, company_id uuid,
  call_id uuid not null,
  kind text not null,
  at timestamptz not null,
  heard_at timestamptz not null,
  constraint event_pk primary key (scope_id, line_id, event_key),
  constraint event_call_fk foreign key (scope_id, call_id) references telephony.call (scope_id, call_id) on delete cascade,
  constraint event_kind check (kind in ('queued', 'ringing', 'answered', 'hung_up', 'missed'))
);
create index event_call on telephony.event (scope_id, call_id);

alter table telephony.line enable row level security, force row level security;
create policy line_app_read on telephony.line for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy line_app_add on telephony.line for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy line_app_change on telephony.line for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy line_worker on telephony.line for all to gongzhi_worker using (true) with check (true);

alter table telephony.seat enable row level security, force row level security;
create policy seat_app_read on telephony.seat for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy seat_app_add on telephony.seat for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy seat_app_change on telephony.seat for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy seat_worker on telephony.seat for all to gongzhi_worker using (true) with check (true);

alter table telephony.task enable row level security, force row level security;
create policy task_app_read on telephony.task for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy task_app_add on telephony.task for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy task_app_change on telephony.task for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy task_worker on telephony.task for all to gongzhi_worker using (true) with check (true);

alter table telephony.call enable row level security, force row level security;
create policy call_app_read on telephony.call for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy call_app_add on telephony.call for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy call_app_change on telephony.call for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy call_worker on telephony.call for all to gongzhi_worker using (true) with check (true);

alter table telephony.event enable row level security, force row level security;
create policy event_app_read on telephony.event for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy event_app_add on telephony.event for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy event_worker on telephony.event for all to gongzhi_worker using (true) with check (true);

grant select, insert on telephony.line, telephony.seat, telephony.task, telephony.call, telephony.event to gongzhi_app;
grant update (heard_at, revoked_at) on telephony.line to gongzhi_app;
grant update (account_id, account_name, seated_at) on telephony.seat to gongzhi_app;
grant update (last_missed_at, first_missed_at, last_call_id, missed_count, attempts, claimed_by, claimed_name, claimed_until, done_at,
  done_name, outcome, version) on telephony.task to gongzhi_app;
grant update (facts, state, extension, began_at, answered_at, ended_at, task_id, heard_at) on telephony.call to gongzhi_app;
grant select, insert, update, delete on telephony.line, telephony.seat, telephony.task, telephony.call, telephony.event
  to gongzhi_worker, gongzhi_loader;

-- check
select count(*) = 5 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'telephony' and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity

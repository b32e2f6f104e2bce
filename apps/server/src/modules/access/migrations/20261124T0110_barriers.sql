-- Orders to barriers, each with what came of it; and residents who ask to be let in from their phone.

-- The barrier of a reader's or a guard's lane: what passes there opens it.
alter table access.gate_device add column opens_device_id uuid;
alter table access.gate_device add constraint gate_device_opens_fk
  foreign key (scope_id, opens_device_id) references access.gate_device (scope_id, device_id);

-- There is no order to close: when nobody stands under it, the barrier knows and we do not.
create table access.barrier_command (
  scope_id uuid not null,
  command_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  device_id uuid not null,
  cause text not null,
  -- of a passage: one command for one passage, however often it is said
  passage_id uuid,
  -- of a person without a passage
  reason text,
  hold_seconds integer not null,
  ordered_by uuid,
  ordered_by_name text,
  created_at timestamptz not null,
  -- exclusive: never carried out later
  expires_at timestamptz not null,
  sent_at timestamptz,
  sent_count integer not null,
  answered_at timestamptz,
  outcome text,
  detail text,
  constraint barrier_command_pk primary key (scope_id, command_id),
  constraint barrier_command_once unique (scope_id, device_id, passage_id),
  constraint barrier_command_device_fk foreign key (scope_id, device_id) references access.gate_device (scope_id, device_id),
  constraint barrier_command_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id),
  constraint barrier_command_cause check (cause in ('verdict', 'consent', 'person')),
  constraint barrier_command_person check ((cause <> 'person' or passage_id is null) and (cause = 'person' or reason is null)),
  constraint barrier_command_outcome check (outcome in ('opened', 'refused', 'failed')),
  constraint barrier_command_answered check ((outcome is null) = (answered_at is null)),
  constraint barrier_command_hold check (hold_seconds between 1 and 600),
  constraint barrier_command_range check (expires_at > created_at)
) with (fillfactor = 70);
create index barrier_command_open on access.barrier_command (scope_id, device_id, expires_at) where outcome is null;
create index barrier_command_last on access.barrier_command (scope_id, device_id, command_id desc);
create index barrier_command_age on access.barrier_command (created_at);

-- Somebody stands at the gate and asks; whoever keeps it lets them in, or does not.
create table access.gate_opening (
  scope_id uuid not null,
  -- the passage's number too, when it comes to one
  opening_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  pass_id uuid not null,
  account_id uuid not null,
  direction text not null,
  asked_at timestamptz not null,
  -- exclusive
  expires_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  decline_reason text,
  barrier_id uuid,
  -- what the measures and the pass said to it then
  outcome text,
  say text,
  constraint gate_opening_pk primary key (scope_id, opening_id),
  constraint gate_opening_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id),
  constraint gate_opening_pass_fk foreign key (scope_id, pass_id) references access.pass (scope_id, pass_id),
  constraint gate_opening_direction check (direction in ('in', 'out')),
  constraint gate_opening_answer check (answer in ('consented', 'declined', 'withdrawn', 'unanswered')),
  constraint gate_opening_answered check ((answer is null) = (answered_at is null)),
  constraint gate_opening_declined check ((decline_reason is not null) = (answer is not distinct from 'declined')),
  constraint gate_opening_range check (expires_at > asked_at)
) with (fillfactor = 70);
-- One person stands at one gate.
create unique index gate_opening_one on access.gate_opening (scope_id, account_id) where answer is null;
create index gate_opening_waiting on access.gate_opening (scope_id, expires_at) where answer is null;
create index gate_opening_account on access.gate_opening (scope_id, account_id, asked_at desc);
create index gate_opening_age on access.gate_opening (asked_at);

alter table access.barrier_command enable row level security, force row level security;
create policy barrier_command_app on access.barrier_command for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy barrier_command_worker on access.barrier_command for all to gongzhi_worker using (true) with check (true);

alter table access.gate_opening enable row level security, force row level security;
create policy gate_opening_app on access.gate_opening for all to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, null, account_id, false, opening_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, null, account_id, false, opening_id));
create policy gate_opening_worker on access.gate_opening for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on access.barrier_command, access.gate_opening to gongzhi_app;
grant select, delete on access.barrier_command, access.gate_opening to gongzhi_worker;
grant select, insert, update, delete on access.barrier_command, access.gate_opening to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid in ('access.barrier_command'::pg_catalog.regclass, 'access.gate_opening'::pg_catalog.regclass)

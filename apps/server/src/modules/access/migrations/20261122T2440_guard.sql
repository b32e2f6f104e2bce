-- A guard's phone at a gate: how it is registered, what it noticed too late, whom it looked for, what a shift leaves.

-- Eight digits by which a phone becomes a gate's device, once and soon. Found by a keyed hash.
create table access.guard_pairing (
  scope_id uuid not null,
  pairing_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  device_id uuid not null,
  code_index bytea not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  constraint guard_pairing_pk primary key (scope_id, pairing_id),
  constraint guard_pairing_device_fk foreign key (scope_id, device_id) references access.gate_device (scope_id, device_id),
  constraint guard_pairing_used check ((used_at is null) = (used_by is null)),
  constraint guard_pairing_range check (expires_at > created_at)
);
create index guard_pairing_open on access.guard_pairing (code_index) where used_at is null;

-- What could only be known when the line was back, told to the guard and to the manager.
create table access.passage_flag (
  scope_id uuid not null,
  flag_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  passage_id uuid not null,
  gate_id uuid not null,
  device_id uuid,
  -- where it was used before, if there
  other_gate_id uuid,
  pass_id uuid,
  decided_at timestamptz not null,
  noticed_at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  seen_by_name text,
  constraint passage_flag_pk primary key (scope_id, flag_id),
  constraint passage_flag_once unique (scope_id, passage_id, kind),
  constraint passage_flag_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id),
  constraint passage_flag_kind check (kind in ('used_twice', 'revoked', 'unknown_pass', 'outcome_differs', 'clock_off', 'list_expired', 'device_revoked')),
  constraint passage_flag_seen check ((seen_at is null) = (seen_by is null))
);
create index passage_flag_scope on access.passage_flag (scope_id, flag_id desc);
create index passage_flag_open on access.passage_flag (scope_id, flag_id desc) where seen_at is null;

-- Who looked for somebody at a gate, how and why; never what was typed.
create table access.gate_search (
  scope_id uuid not null,
  search_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  account_id uuid not null,
  by_name text not null,
  kind text not null,
  purpose text not null,
  found integer not null,
  at timestamptz not null,
  constraint gate_search_pk primary key (scope_id, search_id),
  constraint gate_search_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id),
  constraint gate_search_kind check (kind in ('place', 'last')),
  constraint gate_search_purpose check (purpose in ('no_phone', 'code_unreadable', 'visitor_at_gate'))
);
create index gate_search_account on access.gate_search (scope_id, account_id, at);

-- What one shift leaves to the next; sealed, for guards write names.
create table access.gate_note (
  scope_id uuid not null,
  note_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  gate_id uuid not null,
  text_cipher bytea not null,
  account_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  constraint gate_note_pk primary key (scope_id, note_id),
  constraint gate_note_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id)
);
create index gate_note_gate on access.gate_note (scope_id, gate_id, note_id desc);

alter table access.guard_pairing enable row level security, force row level security;
create policy guard_pairing_app on access.guard_pairing for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy guard_pairing_worker on access.guard_pairing for all to gongzhi_worker using (true) with check (true);

alter table access.passage_flag enable row level security, force row level security;
create policy passage_flag_app on access.passage_flag for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy passage_flag_worker on access.passage_flag for all to gongzhi_worker using (true) with check (true);

alter table access.gate_search enable row level security, force row level security;
create policy gate_search_app_read on access.gate_search for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_search_app_add on access.gate_search for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table access.gate_note enable row level security, force row level security;
create policy gate_note_app_read on access.gate_note for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_note_app_add on access.gate_note for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

grant select, insert, update on access.guard_pairing, access.passage_flag to gongzhi_app;
grant select, insert on access.gate_search, access.gate_note to gongzhi_app;
grant select, delete on access.guard_pairing to gongzhi_worker;
grant select, update (company_id) on access.passage_flag to gongzhi_worker;
grant select, insert, update, delete on access.guard_pairing, access.passage_flag, access.gate_search, access.gate_note to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid in ('access.guard_pairing'::pg_catalog.regclass, 'access.passage_flag'::pg_catalog.regclass,
  'access.gate_search'::pg_catalog.regclass, 'access.gate_note'::pg_catalog.regclass)

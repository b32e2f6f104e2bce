-- Who is to be looked after once they have come home, or have not; only under a measure that allows it, and gone with it.
create table access.follow_up (
  scope_id uuid not null,
  follow_up_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  policy_scope_id uuid not null,
  policy_id uuid not null,
  pass_id uuid not null,
  -- risk: the gate saw it; declared: said to somebody; away: went out and did not come back
  kind text not null,
  since_at timestamptz not null,
  due_on date,
  -- what was declared, and what came of it: sealed
  words_cipher bytea,
  note_cipher bytea,
  written_by_name text,
  done_by_name text,
  done_at timestamptz,
  version integer not null,
  created_at timestamptz not null,
  constraint follow_up_pk primary key (scope_id, follow_up_id),
  constraint follow_up_once unique (scope_id, policy_id, pass_id, kind),
  constraint follow_up_pass_fk foreign key (scope_id, pass_id) references access.pass (scope_id, pass_id),
  constraint follow_up_kind check (kind in ('risk', 'declared', 'away')),
  constraint follow_up_done check ((done_at is null) = (done_by_name is null))
) with (fillfactor = 80);
create index follow_up_open on access.follow_up (scope_id, due_on) where done_at is null;

alter table access.follow_up enable row level security, force row level security;
create policy follow_up_app on access.follow_up for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy follow_up_worker on access.follow_up for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on access.follow_up to gongzhi_app;
grant select, delete, update (company_id) on access.follow_up to gongzhi_worker;
grant select, insert, update, delete on access.follow_up to gongzhi_loader;

-- check
select bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c where c.oid = 'access.follow_up'::pg_catalog.regclass

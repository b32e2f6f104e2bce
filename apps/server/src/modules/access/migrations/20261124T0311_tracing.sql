-- Who was at a gate together with somebody: only on a health authority's written request, under a measure that allows it,
-- asked for by one and authorised by another. Never a property company's to see.
create table access.tracing (
  scope_id uuid not null,
  tracing_id uuid not null,
  -- company_id stays null: no company has a part in it
  city_id uuid, street_id uuid, company_id uuid,
  policy_scope_id uuid not null,
  policy_id uuid not null,
  request_no text not null,
  authority text not null,
  -- where the written request lies
  document_ref text not null,
  requested_on date not null,
  -- sealed; destroyed with the list
  matter_cipher bytea,
  -- of whom: forgotten with the list
  pass_id uuid,
  gate_id uuid,
  from_at timestamptz not null,
  to_at timestamptz not null,
  window_minutes integer not null,
  destroy_at timestamptz not null,
  state text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_role text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_role text,
  decided_at timestamptz,
  decision_reason text,
  found integer,
  copies integer not null,
  destroyed_at timestamptz,
  version integer not null,
  constraint tracing_pk primary key (scope_id, tracing_id),
  constraint tracing_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint tracing_state check (state in ('asked', 'authorised', 'declined', 'withdrawn', 'destroyed')),
  constraint tracing_range check (to_at > from_at),
  constraint tracing_window check (window_minutes between 1 and 1440),
  constraint tracing_no_company check (company_id is null),
  -- two people, of two offices
  constraint tracing_two_people check (state <> 'authorised' or (decided_by <> asked_by and decided_role <> asked_role))
);
create index tracing_newest on access.tracing (scope_id, tracing_id desc);
create index tracing_to_destroy on access.tracing (destroy_at) where destroyed_at is null;

-- The list itself, sealed: the two who asked and authorised, and nobody else.
create table access.tracing_list (
  scope_id uuid not null,
  tracing_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  asked_by uuid not null,
  authorised_by uuid not null,
  list_cipher bytea not null,
  made_at timestamptz not null,
  constraint tracing_list_pk primary key (scope_id, tracing_id),
  constraint tracing_list_tracing_fk foreign key (scope_id, tracing_id) references access.tracing (scope_id, tracing_id),
  constraint tracing_list_no_company check (company_id is null)
);

alter table access.tracing enable row level security, force row level security;
create policy tracing_app on access.tracing for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (current_setting('app.kind', true) <> 'scope' or coalesce(current_setting('app.region', true), '') = ''))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (current_setting('app.kind', true) <> 'scope' or coalesce(current_setting('app.region', true), '') = ''));
create policy tracing_worker on access.tracing for all to gongzhi_worker using (true) with check (true);

alter table access.tracing_list enable row level security, force row level security;
create policy tracing_list_app_read on access.tracing_list for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and current_setting('app.account', true) in (asked_by::text, authorised_by::text));
create policy tracing_list_app_add on access.tracing_list for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and current_setting('app.account', true) = authorised_by::text);
create policy tracing_list_worker on access.tracing_list for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on access.tracing to gongzhi_app;
grant select, insert on access.tracing_list to gongzhi_app;
grant select, update on access.tracing to gongzhi_worker;
grant select, delete on access.tracing_list to gongzhi_worker;
grant select, insert, update, delete on access.tracing, access.tracing_list to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
  and not pg_catalog.has_table_privilege('gongzhi_app', 'access.tracing_list', 'update')
from pg_catalog.pg_class c where c.oid in ('access.tracing'::pg_catalog.regclass, 'access.tracing_list'::pg_catalog.regclass)

-- What comes again and again, and what is done about its cause.
create schema prevention;
grant usage on schema prevention to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table prevention.project (
  scope_id uuid not null,
  project_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- kind, place and category in one word: what it is about, and what makes it the same
  subject_key text not null,
  subject_kind text not null,
  facility_id uuid,
  building_id uuid,
  category_code text,
  state text not null,
  -- why it was proposed, and how many in each week of the window
  reasons jsonb not null,
  weeks jsonb not null,
  order_count integer not null,
  first_at timestamptz not null,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decline_reason text,
  -- what it really was, once somebody has looked
  cause text,
  accepted_at timestamptz,
  done_at timestamptz,
  work_done text,
  watch_until timestamptz,
  closed_at timestamptz,
  -- compared spans, counts, complaints avoided; counted anew every night while it is watched
  effect jsonb,
  version integer not null,
  updated_at timestamptz not null,
  constraint project_pk primary key (scope_id, project_id),
  constraint project_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint project_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint project_facility_fk foreign key (scope_id, facility_id) references places.facility (scope_id, facility_id),
  constraint project_kind check (subject_kind in ('facility', 'building', 'compound')),
  constraint project_state check (state in ('proposed', 'accepted', 'declined', 'watched', 'closed')),
  constraint project_declined check ((state = 'declined') = (decline_reason is not null)),
  constraint project_watched check (state not in ('watched', 'closed')
    or (done_at is not null and work_done is not null and watch_until is not null))
);
-- One at a time about one thing, whatever the program thinks.
create unique index project_one_open on prevention.project (scope_id, subject_key) where state in ('proposed', 'accepted', 'watched');
create index project_company on prevention.project (company_id, project_id desc);
create index project_street on prevention.project (street_id, project_id desc);
create index project_city on prevention.project (city_id, project_id desc);

create table prevention.project_order (
  scope_id uuid not null,
  project_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  attached_at timestamptz not null,
  constraint project_order_pk primary key (scope_id, project_id, work_order_id),
  constraint project_order_project_fk foreign key (scope_id, project_id) references prevention.project (scope_id, project_id),
  constraint project_order_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);

create table prevention.step (
  scope_id uuid not null,
  project_id uuid not null,
  step_no smallint not null,
  city_id uuid, street_id uuid, company_id uuid,
  what text not null,
  owner_account_id uuid not null,
  owner_name text not null,
  due_on date not null,
  state text not null,
  note text,
  ended_at timestamptz,
  constraint step_pk primary key (scope_id, project_id, step_no),
  constraint step_project_fk foreign key (scope_id, project_id) references prevention.project (scope_id, project_id),
  constraint step_state check (state in ('open', 'done', 'dropped')),
  constraint step_ended check ((state = 'open') = (ended_at is null))
);

-- What happened to it, added to only.
create table prevention.entry (
  scope_id uuid not null,
  project_id uuid not null,
  entry_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  actor_account_id uuid,
  actor_name text,
  params jsonb not null,
  at timestamptz not null,
  constraint entry_pk primary key (scope_id, project_id, entry_id),
  constraint entry_project_fk foreign key (scope_id, project_id) references prevention.project (scope_id, project_id)
);

-- When a compound was last looked through.
create table prevention.look (
  scope_id uuid not null,
  looked_at timestamptz not null,
  matters integer not null,
  proposed integer not null,
  constraint look_pk primary key (scope_id),
  constraint look_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

alter table prevention.project enable row level security, force row level security;
create policy project_app_read on prevention.project for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy project_app_change on prevention.project for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy project_worker on prevention.project for all to gongzhi_worker using (true) with check (true);

alter table prevention.project_order enable row level security, force row level security;
create policy project_order_app on prevention.project_order for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy project_order_worker on prevention.project_order for all to gongzhi_worker using (true) with check (true);

alter table prevention.step enable row level security, force row level security;
create policy step_app_read on prevention.step for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy step_app_add on prevention.step for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy step_app_change on prevention.step for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy step_worker on prevention.step for all to gongzhi_worker using (true) with check (true);

alter table prevention.entry enable row level security, force row level security;
create policy entry_app_read on prevention.entry for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy entry_app_add on prevention.entry for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy entry_worker on prevention.entry for insert to gongzhi_worker with check (true);

alter table prevention.look enable row level security, force row level security;
create policy look_worker on prevention.look for all to gongzhi_worker using (true) with check (true);

grant select, update on prevention.project to gongzhi_app;
grant select on prevention.project_order to gongzhi_app;
grant select, insert, update on prevention.step to gongzhi_app;
grant select, insert on prevention.entry to gongzhi_app;
grant select, insert, update on prevention.project, prevention.project_order, prevention.step, prevention.look to gongzhi_worker;
grant insert on prevention.entry to gongzhi_worker;
grant select, insert, update, delete on all tables in schema prevention to gongzhi_loader;

-- check
select count(*) = 5 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'prevention'::pg_catalog.regnamespace and c.relkind = 'r'

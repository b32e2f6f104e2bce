-- The organisation, kept by its own people: staff and their skills, grids and their pair, whose a building is, and a
-- compound that changes its company on a date.

-- Two managers may have one person's page open.
alter table places.staff add column version integer not null default 1;
alter table places.grid add column version integer not null default 1;

create policy staff_app_add on places.staff for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy staff_app_change on places.staff for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy staff_skill_app_add on places.staff_skill for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy staff_skill_app_change on places.staff_skill for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert, update (role, display_name, title, starts_on, ends_on, version) on places.staff to gongzhi_app;
grant insert, update (certificate_no, valid_until) on places.staff_skill to gongzhi_app;

create policy grid_app_add on places.grid for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy grid_app_change on places.grid for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert, update (name, social_worker_account_id, social_worker_name, steward_account_id, steward_name, version)
  on places.grid to gongzhi_app;
create index grid_steward on places.grid (steward_account_id) where steward_account_id is not null;
create index grid_social_worker on places.grid (social_worker_account_id) where social_worker_account_id is not null;

create policy household_app_change on places.household for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant update (grid_id) on places.household to gongzhi_app;

-- Which buildings a property-right unit owns, from-to. The unit is an organisation of the city, with a scope of its own.
create table places.building_owner (
  scope_id uuid not null,
  building_owner_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  building_id uuid not null,
  owner_scope_id uuid not null,
  organisation_id uuid not null,
  starts_on date not null,
  ends_on date,
  constraint building_owner_pk primary key (scope_id, building_owner_id),
  constraint building_owner_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint building_owner_range check (ends_on is null or ends_on > starts_on)
);
create unique index building_owner_now on places.building_owner (scope_id, building_id) where ends_on is null;
create index building_owner_organisation on places.building_owner (organisation_id);
alter table places.building_owner enable row level security, force row level security;
create policy building_owner_app_read on places.building_owner for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy building_owner_app_add on places.building_owner for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy building_owner_app_change on places.building_owner for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy building_owner_worker on places.building_owner for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (ends_on) on places.building_owner to gongzhi_app;

-- A compound passes to another company and department. Planned, told of, applied on its day, and done when every open
-- order has followed; the wall columns are the predecessor's, the successor sees it by `to_…`.
create table places.takeover (
  scope_id uuid not null,
  takeover_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  from_department_id uuid,
  to_company_id uuid not null,
  to_department_id uuid not null,
  kind text not null,
  effective_on date not null,
  -- the last day but one of an emergency service, the first on which it no longer holds
  ends_on date,
  document_number text not null,
  decided_by text not null,
  note text,
  state text not null,
  version integer not null,
  planned_by uuid not null,
  planned_by_role text not null,
  planned_at timestamptz not null,
  -- when the sweep has something to do with it: tell, apply, let the orders follow, remind of the end
  next_due_at timestamptz,
  told_at timestamptz,
  applied_at timestamptz,
  orders_passed integer not null default 0,
  done_at timestamptz,
  cancelled_at timestamptz,
  cancelled_reason text,
  constraint takeover_pk primary key (scope_id, takeover_id),
  constraint takeover_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint takeover_kind check (kind in ('contract', 'handover', 'emergency')),
  constraint takeover_state check (state in ('planned', 'applied', 'done', 'cancelled')),
  constraint takeover_range check (ends_on is null or ends_on > effective_on),
  constraint takeover_emergency_ends check (kind <> 'emergency' or ends_on is not null)
);
-- One at a time.
create unique index takeover_open on places.takeover (scope_id) where state in ('planned', 'applied');
create index takeover_due on places.takeover (next_due_at) where next_due_at is not null;
create index takeover_from on places.takeover (company_id, planned_at desc);
create index takeover_to on places.takeover (to_company_id, planned_at desc);
create index takeover_street on places.takeover (street_id, planned_at desc);
alter table places.takeover enable row level security, force row level security;
create policy takeover_app_read on places.takeover for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or platform.staff_reach(from_department_id, city_id, street_id, company_id)
    or platform.staff_reach(scope_id, city_id, street_id, to_company_id)
    or platform.staff_reach(to_department_id, city_id, street_id, to_company_id));
create policy takeover_app_add on places.takeover for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy takeover_app_change on places.takeover for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy takeover_worker on places.takeover for all to gongzhi_worker using (true) with check (true);
grant select, insert, update on places.takeover to gongzhi_app;
grant select, update on places.takeover to gongzhi_worker;

-- Who served a compound before keeps what it closed: a department's reach asks for its former compounds.
create index service_period_department on places.service_period (department_id);
create policy service_period_worker_add on places.service_period for insert to gongzhi_worker with check (true);
create policy service_period_worker_change on places.service_period for update to gongzhi_worker using (true) with check (true);
grant insert, update (ends_on) on places.service_period to gongzhi_worker;
create policy scope_worker_change on places.scope for update to gongzhi_worker using (true) with check (true);
grant update (company_id, department_id) on places.scope to gongzhi_worker;

-- On the day, everything a compound consists of gets the wall of who serves it now.
create policy building_worker_pass on places.building for update to gongzhi_worker using (true) with check (true);
create policy unit_worker_pass on places.unit for update to gongzhi_worker using (true) with check (true);
create policy facility_worker_pass on places.facility for update to gongzhi_worker using (true) with check (true);
create policy grid_worker_pass on places.grid for update to gongzhi_worker using (true) with check (true);
create policy household_worker_pass on places.household for update to gongzhi_worker using (true) with check (true);
create policy person_worker_pass on places.person for update to gongzhi_worker using (true) with check (true);
create policy occupancy_worker_pass on places.occupancy for update to gongzhi_worker using (true) with check (true);
grant update (company_id) on places.building, places.unit, places.facility, places.grid, places.household, places.person,
  places.occupancy, places.building_owner to gongzhi_worker;
grant update (steward_account_id, steward_name, social_worker_account_id, social_worker_name, version) on places.grid
  to gongzhi_worker;

grant select on places.building_owner to gongzhi_worker;
grant select, insert, update, delete on places.building_owner, places.takeover to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'places'::pg_catalog.regnamespace and c.relkind = 'r'
  and c.relname in ('building_owner', 'takeover')

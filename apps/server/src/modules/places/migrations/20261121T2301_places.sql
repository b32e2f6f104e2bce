-- Who is where: scopes, organisations, grids, buildings, households, people.
create schema places;
grant usage on schema places to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- Every level of a city and every organisation with a life of its own owns a scope; its id is its scope_id.
create table places.scope (
  scope_id uuid not null constraint scope_pk primary key,
  kind text not null,
  name text not null,
  code text,
  parent_id uuid,
  city_id uuid,
  district_id uuid,
  street_id uuid,
  community_id uuid,
  company_id uuid,
  department_id uuid,
  address text,
  built_year smallint,
  time_zone text not null default 'Asia/Shanghai',
  is_demonstration boolean not null default false,
  created_at timestamptz not null,
  constraint scope_kind check (kind in
    ('city', 'district', 'street', 'community', 'compound', 'company', 'department', 'organisation'))
);
create index scope_city on places.scope (city_id, kind);
create index scope_street on places.scope (street_id, kind);
create index scope_company on places.scope (company_id, kind);
create index scope_department on places.scope (department_id) where department_id is not null;
create index scope_community on places.scope (community_id) where community_id is not null;

create table places.organisation (
  scope_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  name text not null,
  constraint organisation_pk primary key (scope_id, organisation_id),
  constraint organisation_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint organisation_kind check (kind in
    ('property_company', 'project_department', 'residents_committee', 'street_office', 'city_government',
     'property_right_unit', 'security_company', 'utility_company'))
);

-- Which company and department served a compound, from-to. places.scope carries today's.
create table places.service_period (
  scope_id uuid not null,
  service_period_id uuid not null,
  company_id uuid not null,
  department_id uuid not null,
  starts_on date not null,
  ends_on date,
  constraint service_period_pk primary key (scope_id, service_period_id),
  constraint service_period_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint service_period_range check (ends_on is null or ends_on > starts_on)
);

-- GB/T 34300-2017: 300-500 households; one social worker and one steward are its pair. Their display names are
-- told to everyone of the scope, and each of the two works behind another wall (community, department): so the
-- names stand here.
create table places.grid (
  scope_id uuid not null,
  grid_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  code text not null,
  name text not null,
  social_worker_account_id uuid,
  social_worker_name text,
  steward_account_id uuid,
  steward_name text,
  constraint grid_pk primary key (scope_id, grid_id),
  constraint grid_code unique (scope_id, code),
  constraint grid_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

create table places.building (
  scope_id uuid not null,
  building_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  name text not null,
  position smallint not null,
  floors smallint not null,
  constraint building_pk primary key (scope_id, building_id),
  constraint building_name unique (scope_id, name),
  constraint building_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

create table places.unit (
  scope_id uuid not null,
  unit_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  building_id uuid not null,
  name text not null,
  position smallint not null,
  constraint unit_pk primary key (scope_id, unit_id),
  constraint unit_name unique (scope_id, building_id, name),
  constraint unit_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id)
);

create table places.household (
  scope_id uuid not null,
  household_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  building_id uuid not null,
  unit_id uuid not null,
  grid_id uuid,
  room_no text not null,
  floor smallint not null,
  -- square metres to 0.01, as registered: votes are counted on it
  area_m2 numeric(10, 2) not null,
  label text not null,
  constraint household_pk primary key (scope_id, household_id),
  constraint household_room unique (scope_id, unit_id, room_no),
  constraint household_unit_fk foreign key (scope_id, unit_id) references places.unit (scope_id, unit_id),
  constraint household_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint household_grid_fk foreign key (scope_id, grid_id) references places.grid (scope_id, grid_id),
  constraint household_area check (area_m2 > 0)
);
create index household_grid on places.household (scope_id, grid_id);

-- Names and phones are encrypted (key id inside, bound to table and row); blind indexes are HMACs keyed per scope.
create table places.person (
  scope_id uuid not null,
  person_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid,
  name_cipher bytea not null,
  name_masked text not null,
  phone_cipher bytea,
  phone_masked text,
  phone_index bytea,
  phone_last4_index bytea,
  created_at timestamptz not null,
  constraint person_pk primary key (scope_id, person_id),
  constraint person_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index person_phone on places.person (scope_id, phone_index) where phone_index is not null;
create index person_account on places.person (account_id) where account_id is not null;

create table places.occupancy (
  scope_id uuid not null,
  occupancy_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  person_id uuid not null,
  household_id uuid not null,
  account_id uuid,
  relation text not null,
  starts_on date not null,
  ends_on date,
  constraint occupancy_pk primary key (scope_id, occupancy_id),
  constraint occupancy_person_fk foreign key (scope_id, person_id) references places.person (scope_id, person_id),
  constraint occupancy_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint occupancy_relation check (relation in ('owner', 'tenant', 'family')),
  constraint occupancy_range check (ends_on is null or ends_on > starts_on)
);
create index occupancy_household on places.occupancy (scope_id, household_id);
create index occupancy_account on places.occupancy (account_id) where account_id is not null;

create table places.facility (
  scope_id uuid not null,
  facility_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  label text not null,
  building_id uuid,
  constraint facility_pk primary key (scope_id, facility_id),
  constraint facility_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint facility_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- A worker of an organisation. The display name is what residents are told on purpose.
create table places.staff (
  scope_id uuid not null,
  staff_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid not null,
  role text not null,
  display_name text not null,
  title text not null,
  starts_on date not null,
  ends_on date,
  constraint staff_pk primary key (scope_id, staff_id),
  constraint staff_account unique (scope_id, account_id, role),
  constraint staff_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create table places.staff_skill (
  scope_id uuid not null,
  staff_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  skill text not null,
  certificate_no text,
  valid_until date,
  constraint staff_skill_pk primary key (scope_id, staff_id, skill),
  constraint staff_skill_staff_fk foreign key (scope_id, staff_id) references places.staff (scope_id, staff_id)
);

-- What a place is called and who serves it is public knowledge.
alter table places.scope enable row level security, force row level security;
create policy scope_app on places.scope for select to gongzhi_app using (true);
create policy scope_worker on places.scope for select to gongzhi_worker using (true);
alter table places.organisation enable row level security, force row level security;
create policy organisation_app on places.organisation for select to gongzhi_app using (true);
create policy organisation_worker on places.organisation for select to gongzhi_worker using (true);
alter table places.service_period enable row level security, force row level security;
create policy service_period_app on places.service_period for select to gongzhi_app using (true);
create policy service_period_worker on places.service_period for select to gongzhi_worker using (true);

alter table places.building enable row level security, force row level security;
create policy building_app on places.building for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy building_worker on places.building for select to gongzhi_worker using (true);
alter table places.unit enable row level security, force row level security;
create policy unit_app on places.unit for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy unit_worker on places.unit for select to gongzhi_worker using (true);
alter table places.facility enable row level security, force row level security;
create policy facility_app on places.facility for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy facility_worker on places.facility for select to gongzhi_worker using (true);

alter table places.grid enable row level security, force row level security;
create policy grid_app on places.grid for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy grid_worker on places.grid for select to gongzhi_worker using (true);

alter table places.household enable row level security, force row level security;
create policy household_app on places.household for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy household_worker on places.household for select to gongzhi_worker using (true);

alter table places.person enable row level security, force row level security;
create policy person_app on places.person for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or account_id = platform.account());
create policy person_worker on places.person for select to gongzhi_worker using (true);

alter table places.occupancy enable row level security, force row level security;
create policy occupancy_app on places.occupancy for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or account_id = platform.account());
create policy occupancy_worker on places.occupancy for select to gongzhi_worker using (true);

alter table places.staff enable row level security, force row level security;
create policy staff_app on places.staff for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or account_id = platform.account());
create policy staff_worker on places.staff for select to gongzhi_worker using (true);
alter table places.staff_skill enable row level security, force row level security;
create policy staff_skill_app on places.staff_skill for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy staff_skill_worker on places.staff_skill for select to gongzhi_worker using (true);

-- Places are entered by the loader and the importers; the pages only read them until the next issue.
grant select on all tables in schema places to gongzhi_app, gongzhi_worker;
grant select, insert, update, delete on all tables in schema places to gongzhi_loader;

-- check
select count(*) = 12 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'places'::pg_catalog.regnamespace and c.relkind = 'r'

-- What waits at the gate for a home, what leaves one, and what a car park holds and costs.
create table access.parcel (
  scope_id uuid not null,
  parcel_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  carrier text not null,
  -- the last characters of its number, so that two of one home can be told apart
  tail text,
  shelf text not null,
  -- what the household shows to be given it
  code text not null,
  state text not null,
  arrived_at timestamptz not null,
  taken_in_by uuid not null,
  taken_in_by_name text not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  -- against its code at the shelf, or by the word of the household
  ended_as text,
  version integer not null,
  constraint parcel_pk primary key (scope_id, parcel_id),
  constraint parcel_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint parcel_state check (state in ('waiting', 'collected', 'returned')),
  constraint parcel_ended check ((state = 'waiting') = (ended_at is null)),
  constraint parcel_ended_as check (ended_as in ('staff', 'household'))
);
-- Of what waits in one place no two are asked for by the same code.
create unique index parcel_code_waiting on access.parcel (scope_id, code) where state = 'waiting';
create index parcel_household on access.parcel (scope_id, household_id, parcel_id desc);
create index parcel_scope on access.parcel (scope_id, state, parcel_id desc);

create table access.goods_slip (
  scope_id uuid not null,
  slip_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  code text not null,
  -- [{what, count}]
  items jsonb not null,
  -- who takes them out, and in what
  carried_by text,
  plate text,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  state text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  checked_at timestamptz,
  checked_by uuid,
  checked_by_name text,
  -- what did not agree, when it was held
  check_note text,
  version integer not null,
  constraint goods_slip_pk primary key (scope_id, slip_id),
  constraint goods_slip_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint goods_slip_range check (valid_to > valid_from),
  constraint goods_slip_state check (state in ('open', 'passed', 'held', 'cancelled')),
  constraint goods_slip_checked check ((state in ('passed', 'held')) = (checked_by is not null)),
  constraint goods_slip_held check (state <> 'held' or check_note is not null)
);
create unique index goods_slip_code_open on access.goods_slip (scope_id, code) where state in ('open', 'held');
create index goods_slip_household on access.goods_slip (scope_id, household_id, slip_id desc);
create index goods_slip_scope on access.goods_slip (scope_id, slip_id desc);

create table access.car_park (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- null: nobody has counted them
  spaces integer,
  monthly_fee_fen bigint not null,
  version integer not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  constraint car_park_pk primary key (scope_id),
  constraint car_park_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint car_park_spaces check (spaces between 0 and 100000),
  constraint car_park_fee check (monthly_fee_fen between 0 and 100000000)
);

-- What a vehicle's pass costs, written down for billing; added to only.
create table access.vehicle_charge (
  scope_id uuid not null,
  charge_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  pass_id uuid not null,
  household_id uuid,
  plate_masked text not null,
  from_day date not null,
  until_day date not null,
  months integer not null,
  amount_fen bigint not null,
  at timestamptz not null,
  by_account_id uuid not null,
  constraint vehicle_charge_pk primary key (scope_id, charge_id),
  constraint vehicle_charge_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint vehicle_charge_range check (until_day > from_day),
  constraint vehicle_charge_amount check (amount_fen >= 0)
);
create index vehicle_charge_scope on access.vehicle_charge (scope_id, charge_id desc);

-- A home's own matter: its people from their first day there on, and who runs the place.
alter table access.parcel enable row level security, force row level security;
create policy parcel_app_read on access.parcel for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, parcel_id));
create policy parcel_app_add on access.parcel for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy parcel_app_change on access.parcel for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, parcel_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, parcel_id));
create policy parcel_worker on access.parcel for select to gongzhi_worker using (true);
-- A takeover hands what still waits to the next company.
create policy parcel_worker_pass on access.parcel for update to gongzhi_worker using (true) with check (true);

alter table access.goods_slip enable row level security, force row level security;
create policy goods_slip_app_read on access.goods_slip for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, slip_id));
create policy goods_slip_app_add on access.goods_slip for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, slip_id));
create policy goods_slip_app_change on access.goods_slip for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, slip_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, slip_id));
create policy goods_slip_worker on access.goods_slip for select to gongzhi_worker using (true);
-- A takeover hands what still waits to the next company.
create policy goods_slip_worker_pass on access.goods_slip for update to gongzhi_worker using (true) with check (true);

alter table access.car_park enable row level security, force row level security;
create policy car_park_app_read on access.car_park for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy car_park_app_add on access.car_park for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy car_park_app_change on access.car_park for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

create policy car_park_worker on access.car_park for select to gongzhi_worker using (true);
create policy car_park_worker_pass on access.car_park for update to gongzhi_worker using (true) with check (true);

alter table access.vehicle_charge enable row level security, force row level security;
create policy vehicle_charge_app_read on access.vehicle_charge for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy vehicle_charge_app_add on access.vehicle_charge for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

grant select, insert on access.parcel, access.goods_slip to gongzhi_app;
grant update (state, ended_at, ended_by, ended_by_name, ended_as, version) on access.parcel to gongzhi_app;
grant update (state, checked_at, checked_by, checked_by_name, check_note, version) on access.goods_slip to gongzhi_app;
grant select, insert, update on access.car_park to gongzhi_app;
grant select, insert on access.vehicle_charge to gongzhi_app;
grant select, update (company_id) on access.parcel, access.goods_slip, access.car_park to gongzhi_worker;
grant select, insert, update, delete on access.parcel, access.goods_slip, access.car_park, access.vehicle_charge to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'access' and c.relname in ('parcel', 'goods_slip', 'car_park', 'vehicle_charge')

-- Devices that watch a place, what they said, and what came of it.
create schema sensing;
grant usage on schema sensing to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table sensing.device (
  scope_id uuid not null,
  device_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  label text not null,
  building_id uuid,
  facility_id uuid,
  spot text not null,
  -- who may speak for it besides itself
  gateway_id uuid,
  -- SHA-256 of a secret of 192 random bits; null: none was issued yet
  secret_hash bytea,
  -- goes up with each new secret: whoever is connected with an older one is put out
  credential_version integer not null,
  version integer not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  state text not null,
  -- when we heard it last, by our clock
  last_seen_at timestamptz,
  -- when its last judged reading was measured
  last_at timestamptz,
  last_value double precision,
  -- the last message that was no reading, and how many there were
  fault text,
  fault_at timestamptz,
  fault_count integer not null,
  -- when its clock was last found too far from ours
  clock_off_at timestamptz,
  constraint device_pk primary key (scope_id, device_id),
  constraint device_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint device_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint device_facility_fk foreign key (scope_id, facility_id) references places.facility (scope_id, facility_id),
  constraint device_gateway_fk foreign key (scope_id, gateway_id) references sensing.device (scope_id, device_id),
  constraint device_kind check (kind in ('water', 'lift', 'pump', 'gate', 'smoke', 'thermometer', 'meter', 'gateway')),
  constraint device_state check (state in ('alarm', 'silent', 'never', 'ok', 'retired')),
  constraint device_gateway check (gateway_id is null or (kind <> 'gateway' and gateway_id <> device_id))
) with (fillfactor = 70);
create index device_company on sensing.device (company_id, device_id);
create index device_street on sensing.device (street_id, device_id);
create index device_city on sensing.device (city_id, device_id);

-- Added to only, and thrown away by age. message_id is the device's own: the same one again is the same reading.
create table sensing.reading (
  scope_id uuid not null,
  device_id uuid not null,
  message_id text not null,
  city_id uuid, street_id uuid, company_id uuid,
  value double precision not null,
  -- what counts: the device's time while it is near ours, ours otherwise
  at timestamptz not null,
  received_at timestamptz not null,
  device_at timestamptz,
  is_clock_off boolean not null,
  constraint reading_pk primary key (scope_id, device_id, message_id),
  constraint reading_device_fk foreign key (scope_id, device_id) references sensing.device (scope_id, device_id)
);
create index reading_at on sensing.reading (scope_id, device_id, at desc);
-- Written in its order: what is old lies together.
create index reading_received on sensing.reading using brin (received_at);

-- One rule watching one device (domain/watch.ts).
create table sensing.watch (
  scope_id uuid not null,
  device_id uuid not null,
  rule_code text not null,
  city_id uuid, street_id uuid, company_id uuid,
  bad_since timestamptz,
  good_since timestamptz,
  is_open boolean not null,
  is_cleared boolean not null,
  rest_until timestamptz,
  gone_at timestamptz,
  -- when it is to be looked at at the latest; a reading that puts it off need not write it
  due_at timestamptz,
  constraint watch_pk primary key (scope_id, device_id, rule_code),
  constraint watch_device_fk foreign key (scope_id, device_id) references sensing.device (scope_id, device_id)
);
create index watch_due on sensing.watch (due_at) where due_at is not null;

create table sensing.alarm (
  scope_id uuid not null,
  alarm_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  device_id uuid not null,
  rule_code text not null,
  -- since when the condition held, and when its window had passed
  since timestamptz not null,
  raised_at timestamptz not null,
  cleared_at timestamptz,
  ended_at timestamptz,
  -- 'cleared': by itself, nobody had gone; 'people': they ended the order
  ended_how text,
  return_count integer not null,
  work_order_id uuid,
  order_number text,
  -- the last readings before it was raised, [{at, value}], and the rule as it was then
  evidence jsonb not null,
  rule jsonb not null,
  constraint alarm_pk primary key (scope_id, alarm_id),
  constraint alarm_device_fk foreign key (scope_id, device_id) references sensing.device (scope_id, device_id),
  constraint alarm_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint alarm_ended check ((ended_at is null) = (ended_how is null)),
  constraint alarm_ended_how check (ended_how in ('cleared', 'people'))
);
-- One while open, whatever the program thinks.
create unique index alarm_one_open on sensing.alarm (scope_id, device_id, rule_code) where ended_at is null;
create index alarm_device on sensing.alarm (scope_id, device_id, alarm_id desc);
create index alarm_order on sensing.alarm (scope_id, work_order_id) where work_order_id is not null;
create index alarm_company on sensing.alarm (company_id, alarm_id desc);
create index alarm_street on sensing.alarm (street_id, alarm_id desc);
create index alarm_city on sensing.alarm (city_id, alarm_id desc);

-- What a compound, company, street or city says from a day on; each change a row of its own.
create table sensing.rule_version (
  scope_id uuid not null,
  rule_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  rule jsonb not null,
  source text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint rule_version_pk primary key (scope_id, rule_code, version),
  constraint rule_version_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- What was thrown away, so that nobody takes an empty plot for a silent device.
create table sensing.purge (
  scope_id uuid not null,
  purge_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  before timestamptz not null,
  readings bigint not null,
  at timestamptz not null,
  constraint purge_pk primary key (scope_id, purge_id),
  constraint purge_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

alter table sensing.device enable row level security, force row level security;
create policy device_app_read on sensing.device for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy device_app_add on sensing.device for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy device_app_change on sensing.device for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy device_worker on sensing.device for all to gongzhi_worker using (true) with check (true);

alter table sensing.reading enable row level security, force row level security;
create policy reading_app_read on sensing.reading for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy reading_app_add on sensing.reading for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy reading_worker on sensing.reading for all to gongzhi_worker using (true) with check (true);

alter table sensing.watch enable row level security, force row level security;
create policy watch_app_read on sensing.watch for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy watch_app_add on sensing.watch for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy watch_app_change on sensing.watch for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy watch_worker on sensing.watch for all to gongzhi_worker using (true) with check (true);

alter table sensing.alarm enable row level security, force row level security;
create policy alarm_app_read on sensing.alarm for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy alarm_app_add on sensing.alarm for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy alarm_app_change on sensing.alarm for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy alarm_worker on sensing.alarm for all to gongzhi_worker using (true) with check (true);

-- Rules in force are published: a compound's people read what their company and city wrote.
alter table sensing.rule_version enable row level security, force row level security;
create policy rule_version_app_read on sensing.rule_version for select to gongzhi_app using (true);
create policy rule_version_app_add on sensing.rule_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy rule_version_worker on sensing.rule_version for select to gongzhi_worker using (true);

alter table sensing.purge enable row level security, force row level security;
create policy purge_app on sensing.purge for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy purge_worker on sensing.purge for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on sensing.device, sensing.watch, sensing.alarm to gongzhi_app, gongzhi_worker;
grant select, insert on sensing.reading, sensing.rule_version to gongzhi_app;
grant select, delete on sensing.reading to gongzhi_worker;
grant select on sensing.rule_version to gongzhi_worker;
grant select on sensing.purge to gongzhi_app;
grant select, insert on sensing.purge to gongzhi_worker;
grant select, insert, update, delete on all tables in schema sensing to gongzhi_loader;

-- check
select count(*) = 6 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'sensing'::pg_catalog.regnamespace and c.relkind = 'r'

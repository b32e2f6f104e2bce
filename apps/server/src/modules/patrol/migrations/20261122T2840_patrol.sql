-- Patrols: routes of checkpoints, their rounds, what was found, and where a sensor spares some of them.
create schema patrol;
grant usage on schema patrol to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table patrol.route (
  scope_id uuid not null,
  route_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  label text not null,
  version integer not null,
  created_at timestamptz not null,
  -- when its next round opens; null: nothing is planned, or it was given up
  next_at timestamptz,
  retired_at timestamptz,
  retired_reason text,
  constraint route_pk primary key (scope_id, route_id),
  constraint route_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index route_next on patrol.route (next_at) where next_at is not null;
create index route_company on patrol.route (company_id, route_id);
create index route_street on patrol.route (street_id, route_id);
create index route_city on patrol.route (city_id, route_id);

-- When its rounds open, from a day on; each change a row of its own.
create table patrol.timetable (
  scope_id uuid not null,
  route_id uuid not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  every_days integer not null,
  -- minutes of the local day, ascending
  times integer[] not null,
  within_minutes integer not null,
  reason text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint timetable_pk primary key (scope_id, route_id, version),
  constraint timetable_route_fk foreign key (scope_id, route_id) references patrol.route (scope_id, route_id)
);

create table patrol.checkpoint (
  scope_id uuid not null,
  checkpoint_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  route_id uuid not null,
  position integer not null,
  label text not null,
  building_id uuid,
  facility_id uuid,
  spot text not null,
  -- what a finding there opens
  category_code text not null,
  -- what looking at it takes, the way there included
  minutes integer not null,
  -- the device that watches it
  device_id uuid,
  every_rounds integer not null,
  -- rounds since it was part of one; null: never was
  since_last integer,
  version integer not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  retired_reason text,
  constraint checkpoint_pk primary key (scope_id, checkpoint_id),
  constraint checkpoint_route_fk foreign key (scope_id, route_id) references patrol.route (scope_id, route_id),
  constraint checkpoint_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint checkpoint_facility_fk foreign key (scope_id, facility_id) references places.facility (scope_id, facility_id),
  constraint checkpoint_device_fk foreign key (scope_id, device_id) references sensing.device (scope_id, device_id),
  constraint checkpoint_every_rounds check (every_rounds between 1 and 60),
  constraint checkpoint_minutes check (minutes between 1 and 240)
);
create index checkpoint_route on patrol.checkpoint (scope_id, route_id, position);
create index checkpoint_device on patrol.checkpoint (scope_id, device_id) where device_id is not null;

-- Asked for by one person, allowed by another (domain/lowering.ts).
create table patrol.lowering (
  scope_id uuid not null,
  lowering_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  checkpoint_id uuid not null,
  device_id uuid not null,
  every_rounds integer not null,
  until_on date not null,
  until_at timestamptz not null,
  reason text not null,
  state text not null,
  ended text,
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decided_words text,
  ended_at timestamptz,
  -- when it is to be looked at, at the latest
  look_at timestamptz,
  version integer not null,
  constraint lowering_pk primary key (scope_id, lowering_id),
  constraint lowering_checkpoint_fk foreign key (scope_id, checkpoint_id) references patrol.checkpoint (scope_id, checkpoint_id),
  constraint lowering_device_fk foreign key (scope_id, device_id) references sensing.device (scope_id, device_id),
  constraint lowering_state check (state in ('proposed', 'approved', 'suspended', 'declined', 'ended')),
  constraint lowering_ended check ((state = 'ended') = (ended is not null) and ended in ('expired', 'retired', 'unwatched', 'withdrawn')),
  constraint lowering_every_rounds check (every_rounds between 2 and 60),
  -- Never the same person, whatever the program thinks.
  constraint lowering_second_person check (decided_by <> proposed_by)
);
create unique index lowering_one_open on patrol.lowering (scope_id, checkpoint_id) where state in ('proposed', 'approved', 'suspended');
create index lowering_look on patrol.lowering (look_at) where look_at is not null;
create index lowering_device on patrol.lowering (scope_id, device_id);

-- How often a checkpoint is looked at, from an instant on, and why; added to only.
create table patrol.frequency (
  scope_id uuid not null,
  checkpoint_id uuid not null,
  change_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- from this instant on in every so-many-th round
  at timestamptz not null,
  every_rounds integer not null,
  cause text not null,
  lowering_id uuid,
  changed_by uuid,
  changed_by_name text,
  constraint frequency_pk primary key (scope_id, checkpoint_id, change_id),
  constraint frequency_checkpoint_fk foreign key (scope_id, checkpoint_id) references patrol.checkpoint (scope_id, checkpoint_id),
  constraint frequency_lowering_fk foreign key (scope_id, lowering_id) references patrol.lowering (scope_id, lowering_id),
  constraint frequency_cause check (cause in ('begun', 'approved', 'silent', 'heard', 'expired', 'retired', 'unwatched', 'withdrawn'))
);

create table patrol.round (
  scope_id uuid not null,
  round_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  route_id uuid not null,
  opens_at timestamptz not null,
  -- of the place, when it opened: what sums by days go by
  day date not null,
  due_at timestamptz not null,
  closes_at timestamptz not null,
  state text not null,
  -- when it becomes late, then missed
  mark_at timestamptz,
  done_at timestamptz,
  constraint round_pk primary key (scope_id, round_id),
  constraint round_route_fk foreign key (scope_id, route_id) references patrol.route (scope_id, route_id),
  constraint round_once unique (scope_id, route_id, opens_at),
  constraint round_state check (state in ('open', 'late', 'done', 'done_late', 'missed', 'spared'))
);
create index round_mark on patrol.round (mark_at) where mark_at is not null;
create index round_day on patrol.round (scope_id, day);
create index round_company on patrol.round (company_id, round_id desc);
create index round_street on patrol.round (street_id, round_id desc);
create index round_city on patrol.round (city_id, round_id desc);

-- What belongs to a round, the spared ones with it: what was planned is what was asked and what was spared.
create table patrol.round_check (
  scope_id uuid not null,
  round_id uuid not null,
  checkpoint_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  position integer not null,
  state text not null,
  -- as it was planned when the round opened
  minutes integer not null,
  how text,
  result text,
  note text,
  done_by uuid,
  done_by_name text,
  done_at timestamptz,
  finding_id uuid,
  constraint round_check_pk primary key (scope_id, round_id, checkpoint_id),
  constraint round_check_round_fk foreign key (scope_id, round_id) references patrol.round (scope_id, round_id),
  constraint round_check_checkpoint_fk foreign key (scope_id, checkpoint_id) references patrol.checkpoint (scope_id, checkpoint_id),
  constraint round_check_state check (state in ('open', 'done', 'missed', 'spared')),
  constraint round_check_how check (how in ('scanned', 'ticked')),
  constraint round_check_result check (result in ('well', 'finding')),
  constraint round_check_done check ((state = 'done') = (done_at is not null and done_by is not null and how is not null and result is not null))
);

create table patrol.finding (
  scope_id uuid not null,
  finding_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  checkpoint_id uuid not null,
  found_at timestamptz not null,
  words text not null,
  -- how often rounds came by while it was open
  seen_count integer not null,
  -- the order it opened, or the one that the device's alarm had open already
  work_order_id uuid not null,
  order_number text not null,
  is_of_alarm boolean not null,
  ended_at timestamptz,
  constraint finding_pk primary key (scope_id, finding_id),
  constraint finding_checkpoint_fk foreign key (scope_id, checkpoint_id) references patrol.checkpoint (scope_id, checkpoint_id),
  constraint finding_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
-- One while open, whatever the program thinks.
create unique index finding_one_open on patrol.finding (scope_id, checkpoint_id) where ended_at is null;
create index finding_order on patrol.finding (scope_id, work_order_id);

alter table patrol.route enable row level security, force row level security;
create policy route_app_read on patrol.route for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy route_app_add on patrol.route for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy route_app_change on patrol.route for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy route_worker on patrol.route for all to gongzhi_worker using (true) with check (true);

alter table patrol.timetable enable row level security, force row level security;
create policy timetable_app_read on patrol.timetable for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy timetable_app_add on patrol.timetable for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy timetable_worker on patrol.timetable for all to gongzhi_worker using (true) with check (true);

alter table patrol.checkpoint enable row level security, force row level security;
create policy checkpoint_app_read on patrol.checkpoint for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy checkpoint_app_add on patrol.checkpoint for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy checkpoint_app_change on patrol.checkpoint for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy checkpoint_worker on patrol.checkpoint for all to gongzhi_worker using (true) with check (true);

alter table patrol.lowering enable row level security, force row level security;
create policy lowering_app_read on patrol.lowering for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy lowering_app_add on patrol.lowering for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy lowering_app_change on patrol.lowering for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy lowering_worker on patrol.lowering for all to gongzhi_worker using (true) with check (true);

alter table patrol.frequency enable row level security, force row level security;
create policy frequency_app_read on patrol.frequency for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy frequency_app_add on patrol.frequency for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy frequency_worker on patrol.frequency for all to gongzhi_worker using (true) with check (true);

alter table patrol.round enable row level security, force row level security;
create policy round_app_read on patrol.round for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_app_add on patrol.round for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_app_change on patrol.round for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_worker on patrol.round for all to gongzhi_worker using (true) with check (true);

alter table patrol.round_check enable row level security, force row level security;
create policy round_check_app_read on patrol.round_check for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_check_app_add on patrol.round_check for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_check_app_change on patrol.round_check for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy round_check_worker on patrol.round_check for all to gongzhi_worker using (true) with check (true);

alter table patrol.finding enable row level security, force row level security;
create policy finding_app_read on patrol.finding for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy finding_app_add on patrol.finding for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy finding_app_change on patrol.finding for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy finding_worker on patrol.finding for all to gongzhi_worker using (true) with check (true);

grant select, insert, update on patrol.route, patrol.checkpoint, patrol.lowering, patrol.round, patrol.round_check, patrol.finding to gongzhi_app;
grant select, insert on patrol.timetable, patrol.frequency to gongzhi_app;
-- The worker passes what goes on to the next company.
grant select, insert, update on patrol.route, patrol.timetable, patrol.checkpoint, patrol.lowering, patrol.frequency, patrol.round, patrol.round_check, patrol.finding to gongzhi_worker;
grant select, insert, update, delete on all tables in schema patrol to gongzhi_loader;

-- check
select count(*) = 8 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'patrol'::pg_catalog.regnamespace and c.relkind = 'r'

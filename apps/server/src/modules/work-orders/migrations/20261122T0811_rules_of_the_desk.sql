-- What a company or a city adjusts from a day on: the catalogue, the working calendar, whose matter it is, who takes
-- over. Rules in force are published; each change is a row of its own and none is ever altered.

create table work_orders.category_version (
  scope_id uuid not null,
  category_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  name_zh text not null,
  name_en text not null,
  keywords_zh text[] not null,
  keywords_en text[] not null,
  are_photos_required boolean not null,
  duty text not null,
  respond_minutes integer not null,
  arrive_minutes integer,
  resolve_minutes integer not null,
  calendar text not null,
  is_active boolean not null,
  reason text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint category_version_pk primary key (scope_id, category_code, version),
  constraint category_version_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint category_version_category_fk foreign key (category_code) references work_orders.category (code),
  constraint category_version_calendar check (calendar in ('always', 'working')),
  constraint category_version_limits check (respond_minutes > 0
    and respond_minutes <= coalesce(arrive_minutes, respond_minutes)
    and coalesce(arrive_minutes, respond_minutes) <= resolve_minutes)
);

create table work_orders.calendar_version (
  scope_id uuid not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  -- null: as the level above
  weekdays smallint[],
  -- [{from, to}] in minutes of the day; null: as the level above
  hours jsonb,
  -- {"2027-02-05": "holiday", "2027-02-14": "makeup"}
  days jsonb not null,
  -- until when public holidays are known by this notice
  known_to date,
  source text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  -- the recount of open orders that this change brings: where it stands, and when it was done
  recount_after uuid,
  recount_due_at timestamptz,
  recounted integer not null default 0,
  moved integer not null default 0,
  constraint calendar_version_pk primary key (scope_id, version),
  constraint calendar_version_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index calendar_version_recount on work_orders.calendar_version (recount_due_at) where recount_due_at is not null;

create table work_orders.duty_version (
  scope_id uuid not null,
  duty text not null,
  -- '' for the duty as such, a code for one matter
  category_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  payer text not null,
  doer text not null,
  -- who takes over when it isn't ours
  receiver_code text,
  sentence_zh text not null,
  sentence_en text not null,
  source text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint duty_version_pk primary key (scope_id, duty, category_code, version),
  constraint duty_version_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint duty_version_payer check (payer in ('resident', 'owners', 'company', 'developer', 'receiver', 'cause')),
  constraint duty_version_doer check (doer in ('company', 'receiver', 'resident')),
  constraint duty_version_receiver check (doer <> 'receiver' or receiver_code is not null)
);

-- Whom one calls for what isn't ours: offices and their public numbers, not people.
create table work_orders.receiver_version (
  scope_id uuid not null,
  receiver_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  phone text not null,
  hours text not null,
  is_active boolean not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint receiver_version_pk primary key (scope_id, receiver_code, version),
  constraint receiver_version_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint receiver_version_kind check (kind in
    ('water', 'power', 'gas', 'heating', 'telecom', 'police', 'fire', 'medical', 'city', 'street', 'other'))
);

alter table work_orders.category_version enable row level security, force row level security;
create policy category_version_app_read on work_orders.category_version for select to gongzhi_app using (true);
create policy category_version_app_add on work_orders.category_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy category_version_worker on work_orders.category_version for select to gongzhi_worker using (true);

alter table work_orders.calendar_version enable row level security, force row level security;
create policy calendar_version_app_read on work_orders.calendar_version for select to gongzhi_app using (true);
create policy calendar_version_app_add on work_orders.calendar_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy calendar_version_worker on work_orders.calendar_version for all to gongzhi_worker using (true) with check (true);

alter table work_orders.duty_version enable row level security, force row level security;
create policy duty_version_app_read on work_orders.duty_version for select to gongzhi_app using (true);
create policy duty_version_app_add on work_orders.duty_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table work_orders.receiver_version enable row level security, force row level security;
create policy receiver_version_app_read on work_orders.receiver_version for select to gongzhi_app using (true);
create policy receiver_version_app_add on work_orders.receiver_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

grant select, insert on work_orders.category_version, work_orders.calendar_version, work_orders.duty_version,
  work_orders.receiver_version to gongzhi_app;
grant select on work_orders.category_version, work_orders.calendar_version to gongzhi_worker;
grant update (recount_after, recount_due_at, recounted, moved) on work_orders.calendar_version to gongzhi_worker;
grant select, insert, update, delete on work_orders.category_version, work_orders.calendar_version,
  work_orders.duty_version, work_orders.receiver_version to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace
  and c.relname in ('category_version', 'calendar_version', 'duty_version', 'receiver_version')

-- Requests and their life: order, each handler's step, the timeline, links, and where imported rows came from.
create schema work_orders;
grant usage on schema work_orders to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- Reference table: what can be reported, by whom it is done, within which limits. city_id null: every city.
create table work_orders.category (
  code text not null constraint category_pk primary key,
  city_id uuid,
  kind text not null,
  category_group text not null,
  name_zh text not null,
  name_en text not null,
  keywords_zh text[] not null,
  keywords_en text[] not null,
  skill text not null,
  place text not null,
  is_emergency boolean not null,
  duty text not null,
  respond_minutes integer not null,
  -- null: nobody has to go there
  arrive_minutes integer,
  resolve_minutes integer not null,
  calendar text not null,
  are_photos_required boolean not null default false,
  is_confidential boolean not null default false,
  position integer not null,
  constraint category_kind check (kind in
    ('repair', 'complaint', 'consultation', 'suggestion', 'special_need', 'found_by_staff')),
  constraint category_place check (place in ('home', 'public', 'both')),
  constraint category_calendar check (calendar in ('always', 'working')),
  constraint category_limits check (respond_minutes > 0 and respond_minutes <= coalesce(arrive_minutes, respond_minutes)
    and coalesce(arrive_minutes, respond_minutes) <= resolve_minutes)
);

create table work_orders.work_order (
  scope_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  is_public boolean not null,
  number text not null,
  kind text not null,
  category_code text not null,
  status text not null,
  priority text not null,
  is_emergency boolean not null,
  is_confidential boolean not null default false,
  description text not null,
  place text not null,
  place_label text not null,
  building_id uuid,
  facility_id uuid,
  contact_cipher bytea,
  contact_masked text,
  assignee_account_id uuid,
  assignee_name text,
  assignee_title text,
  source text not null,
  outcome text,
  rating text,
  rating_words text,
  rated_at timestamptz,
  referred_to text,
  referred_reference text,
  work_done text,
  paused_from text,
  paused_reason text,
  paused_note text,
  paused_until timestamptz,
  -- the stops of the resolve clock in this round: [{from, to}], epoch milliseconds
  pauses jsonb not null default '[]',
  needed_by timestamptz,
  created_at timestamptz not null,
  -- where the three clocks started: creation, or the last reopening
  clock_start_at timestamptz not null,
  accepted_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  confirmed_at timestamptz,
  closed_at timestamptz,
  respond_due_at timestamptz,
  arrive_due_at timestamptz,
  resolve_due_at timestamptz,
  -- working milliseconds left on the resolve clock while it stands still
  resolve_remaining_ms bigint,
  respond_late_at timestamptz,
  arrive_late_at timestamptz,
  resolve_late_at timestamptz,
  callback_due_at timestamptz,
  callback_wanted_at timestamptz,
  callback_attempts smallint not null default 0,
  auto_close_at timestamptz,
  next_due_at timestamptz,
  is_late boolean not null default false,
  is_open boolean not null,
  urge_count smallint not null default 0,
  urged_at timestamptz,
  reopen_count smallint not null default 0,
  version integer not null,
  updated_at timestamptz not null,
  constraint work_order_pk primary key (scope_id, work_order_id),
  constraint work_order_number unique (scope_id, number),
  constraint work_order_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint work_order_category_fk foreign key (category_code) references work_orders.category (code),
  constraint work_order_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint work_order_building_fk foreign key (scope_id, building_id) references places.building (scope_id, building_id),
  constraint work_order_facility_fk foreign key (scope_id, facility_id) references places.facility (scope_id, facility_id),
  constraint work_order_place check (place in ('home', 'public')),
  constraint work_order_status check (status in ('submitted', 'triaged', 'assigned', 'accepted', 'departed', 'arrived',
    'in_progress', 'paused', 'finished', 'disputed', 'confirmed', 'closed', 'cancelled')),
  constraint work_order_outcome check (outcome in ('confirmed', 'unconfirmed', 'forced', 'referred', 'cancelled', 'imported')),
  constraint work_order_rating check (rating in ('satisfied', 'basically_satisfied', 'unsatisfied')),
  -- Unconfirmed is never counted satisfied.
  constraint work_order_rated_only_confirmed check (rating is null or outcome is null or outcome in ('confirmed', 'imported')),
  constraint work_order_ended check (is_open = (status not in ('closed', 'cancelled')))
);
-- Time-ordered ids (UUIDv7) serve as the cursor: newest first is id descending.
create index work_order_status on work_orders.work_order (scope_id, status, work_order_id desc);
create index work_order_household on work_orders.work_order (scope_id, household_id, work_order_id desc) where household_id is not null;
create index work_order_reporter on work_orders.work_order (reporter_account_id, work_order_id desc) where reporter_account_id is not null;
create index work_order_assignee on work_orders.work_order (assignee_account_id, work_order_id desc) where assignee_account_id is not null;
create index work_order_due on work_orders.work_order (next_due_at) where next_due_at is not null;
create index work_order_open on work_orders.work_order (scope_id, work_order_id desc) where is_open;
create index work_order_company on work_orders.work_order (company_id, work_order_id desc) where is_open;
create index work_order_street on work_orders.work_order (street_id, work_order_id desc) where is_open;
create index work_order_city on work_orders.work_order (city_id, work_order_id desc) where is_open;

-- Each handler's part is its own row: taken, done or passed on, with its own marks.
create table work_orders.step (
  scope_id uuid not null,
  work_order_id uuid not null,
  step_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  is_public boolean not null,
  position smallint not null,
  handler_account_id uuid,
  handler_name text,
  handler_title text,
  role text not null,
  state text not null,
  opened_at timestamptz not null,
  accepted_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  constraint step_pk primary key (scope_id, work_order_id, step_id),
  constraint step_position unique (scope_id, work_order_id, position),
  constraint step_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
create index step_handler on work_orders.step (handler_account_id, step_id desc) where handler_account_id is not null;

-- The timeline: append-only.
create table work_orders.event (
  scope_id uuid not null,
  work_order_id uuid not null,
  event_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  is_public boolean not null,
  kind text not null,
  actor_account_id uuid,
  actor_name text,
  actor_role text not null,
  is_internal boolean not null,
  params jsonb not null,
  photo_ids uuid[] not null default '{}',
  at timestamptz not null,
  constraint event_pk primary key (scope_id, work_order_id, event_id),
  constraint event_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);

-- Two matters that belong together; the other one may lie in another scope, so no foreign key to it.
create table work_orders.link (
  scope_id uuid not null,
  work_order_id uuid not null,
  other_scope_id uuid not null,
  other_work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  kind text not null,
  created_at timestamptz not null,
  constraint link_pk primary key (scope_id, work_order_id, other_scope_id, other_work_order_id, kind),
  constraint link_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint link_kind check (kind in ('duplicate_of', 'duplicated_by', 'follows', 'followed_by'))
);

-- Where an imported order came from; the key makes a second import of the same file give nothing new.
create table work_orders.imported (
  scope_id uuid not null,
  source text not null,
  external_id text not null,
  city_id uuid, street_id uuid, company_id uuid,
  work_order_id uuid not null,
  import_id uuid not null,
  -- the source's own verdict, kept beside ours so that the two can be compared
  source_on_time boolean,
  raw jsonb not null,
  constraint imported_pk primary key (scope_id, source, external_id),
  constraint imported_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);

alter table work_orders.category enable row level security, force row level security;
create policy category_app on work_orders.category for select to gongzhi_app using (true);
create policy category_worker on work_orders.category for select to gongzhi_worker using (true);

alter table work_orders.work_order enable row level security, force row level security;
-- Neighbours read what is public and change nothing of it: writing never asks whether a row is public.
create policy work_order_app_read on work_orders.work_order for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public));
create policy work_order_app_add on work_orders.work_order for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy work_order_app_change on work_orders.work_order for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy work_order_worker on work_orders.work_order for all to gongzhi_worker using (true) with check (true);

alter table work_orders.step enable row level security, force row level security;
create policy step_app_read on work_orders.step for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public));
create policy step_app_add on work_orders.step for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy step_app_change on work_orders.step for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy step_worker on work_orders.step for all to gongzhi_worker using (true) with check (true);

-- What is internal never reaches a resident, whatever the query says. A resident's own act may make an internal
-- note (a dispute tells the desk more than the neighbours), so writing asks less than reading: but never a neighbour.
alter table work_orders.event enable row level security, force row level security;
create policy event_app_read on work_orders.event for select to gongzhi_app
  using ((not is_internal or current_setting('app.kind', true) <> 'resident')
    and platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public));
create policy event_app_write on work_orders.event for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy event_app_hide on work_orders.event for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy event_worker on work_orders.event for all to gongzhi_worker using (true) with check (true);

alter table work_orders.link enable row level security, force row level security;
create policy link_app on work_orders.link for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy link_worker on work_orders.link for select to gongzhi_worker using (true);

alter table work_orders.imported enable row level security, force row level security;
create policy imported_app on work_orders.imported for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy imported_worker on work_orders.imported for select to gongzhi_worker using (true);

grant select on work_orders.category, work_orders.imported to gongzhi_app, gongzhi_worker;
grant select, insert, update on work_orders.work_order, work_orders.step to gongzhi_app, gongzhi_worker;
-- The timeline is append-only, but for one thing: a matter that turns out confidential is hidden from neighbours.
grant select, insert, update (is_public) on work_orders.event to gongzhi_app;
grant select, insert on work_orders.link to gongzhi_app;
grant select, insert on work_orders.event to gongzhi_worker;
grant select on work_orders.link to gongzhi_worker;
grant select, insert, update, delete on all tables in schema work_orders to gongzhi_loader;

-- check
select count(*) = 6 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace and c.relkind = 'r'

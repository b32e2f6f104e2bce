-- Figures of orders, kept summed up: every command adds what it changed of them, in its own transaction; a sweep folds
-- the changes into sums. What is read is the sums and the changes that are not folded yet, in one statement: exact.
-- Who is accused of something is told apart, so that it is in no figure they read.
create table work_orders.figure_change (
  scope_id uuid not null,
  change_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  category_code text not null,
  accused_account_id uuid,
  created_at timestamptz not null,
  total smallint not null,
  done smallint not null,
  on_time smallint not null,
  late smallint not null,
  first_time smallint not null,
  reopened smallint not null,
  second_visit smallint not null,
  rated smallint not null,
  satisfied smallint not null,
  basically_satisfied smallint not null,
  unsatisfied smallint not null,
  open smallint not null,
  unassigned smallint not null,
  open_late smallint not null,
  accept_ms bigint not null,
  accepted smallint not null,
  resolve_ms bigint not null,
  resolved smallint not null,
  constraint figure_change_pk primary key (scope_id, change_id)
);

-- Folded: a place, a day on which it was reported (by the calendar of the place), a category.
create table work_orders.figure_day (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  day date not null,
  category_code text not null,
  accused_account_id uuid,
  total bigint not null,
  done bigint not null,
  on_time bigint not null,
  late bigint not null,
  first_time bigint not null,
  reopened bigint not null,
  second_visit bigint not null,
  rated bigint not null,
  satisfied bigint not null,
  basically_satisfied bigint not null,
  unsatisfied bigint not null,
  open bigint not null,
  unassigned bigint not null,
  open_late bigint not null,
  accept_ms bigint not null,
  accepted bigint not null,
  resolve_ms bigint not null,
  resolved bigint not null,
  constraint figure_day_once unique nulls not distinct (scope_id, day, category_code, company_id, street_id, city_id, accused_account_id)
) with (fillfactor = 80);
create index figure_day_city on work_orders.figure_day (city_id, day);
create index figure_day_street on work_orders.figure_day (street_id, day);
create index figure_day_company on work_orders.figure_day (company_id, day);

-- The same by months, for thousands of places beside each other.
create table work_orders.figure_month (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  month date not null,
  accused_account_id uuid,
  total bigint not null,
  done bigint not null,
  on_time bigint not null,
  late bigint not null,
  first_time bigint not null,
  reopened bigint not null,
  second_visit bigint not null,
  rated bigint not null,
  satisfied bigint not null,
  basically_satisfied bigint not null,
  unsatisfied bigint not null,
  open bigint not null,
  unassigned bigint not null,
  open_late bigint not null,
  accept_ms bigint not null,
  accepted bigint not null,
  resolve_ms bigint not null,
  resolved bigint not null,
  constraint figure_month_once unique nulls not distinct (scope_id, month, company_id, street_id, city_id, accused_account_id)
) with (fillfactor = 80);
create index figure_month_city on work_orders.figure_month (city_id, month);
create index figure_month_street on work_orders.figure_month (street_id, month);
create index figure_month_company on work_orders.figure_month (company_id, month);

-- The same for a whole company, street or city: scope_id is its own.
create table work_orders.figure_region (
  scope_id uuid not null,
  kind text not null,
  city_id uuid, street_id uuid, company_id uuid,
  day date not null,
  category_code text not null,
  accused_account_id uuid,
  total bigint not null,
  done bigint not null,
  on_time bigint not null,
  late bigint not null,
  first_time bigint not null,
  reopened bigint not null,
  second_visit bigint not null,
  rated bigint not null,
  satisfied bigint not null,
  basically_satisfied bigint not null,
  unsatisfied bigint not null,
  open bigint not null,
  unassigned bigint not null,
  open_late bigint not null,
  accept_ms bigint not null,
  accepted bigint not null,
  resolve_ms bigint not null,
  resolved bigint not null,
  constraint figure_region_once unique nulls not distinct (scope_id, day, category_code, city_id, accused_account_id),
  constraint figure_region_kind check (kind in ('company', 'street', 'city'))
) with (fillfactor = 80);
create index figure_region_city on work_orders.figure_region (city_id, kind, day);

-- What was reported before today counts too. The tables' owner is behind the wall like everybody else.
alter table work_orders.work_order no force row level security;
insert into work_orders.figure_change (change_id, scope_id, city_id, street_id, company_id, category_code, accused_account_id, created_at, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, open, unassigned, open_late, accept_ms, accepted, resolve_ms, resolved)
  select o.work_order_id, o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id, o.created_at, coalesce((o.part_count = 0 and o.duplicate_of_id is null), false)::integer as total,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.finished_at is not null), false)::integer as done,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and (o.resolve_late_at is null and o.finished_at <= o.resolve_due_at)), false)::integer as on_time,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and (o.resolve_late_at is not null or o.finished_at > o.resolve_due_at)), false)::integer as late,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and (o.finished_at is not null and o.dispute_count = 0 and o.reopen_count = 0)), false)::integer as first_time,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.reopen_count > 0), false)::integer as reopened,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.dispute_count > 0), false)::integer as second_visit,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.rating is not null), false)::integer as rated,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.rating = 'satisfied'), false)::integer as satisfied,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.rating = 'basically_satisfied'), false)::integer as basically_satisfied,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and o.rating = 'unsatisfied'), false)::integer as unsatisfied,
    coalesce(o.status = any (array['submitted', 'triaged', 'assigned', 'accepted', 'departed', 'arrived', 'in_progress', 'paused', 'disputed', 'finished']), false)::integer as open,
    coalesce(o.status = any (array['submitted', 'triaged']), false)::integer as unassigned,
    coalesce((o.status = any (array['submitted', 'triaged', 'assigned', 'accepted', 'departed', 'arrived', 'in_progress', 'paused', 'disputed']) and o.is_late), false)::integer as open_late,
    case when (o.part_count = 0 and o.duplicate_of_id is null) and (o.accepted_at >= o.clock_start_at) then (floor(extract(epoch from o.accepted_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint else 0 end as accept_ms,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and (o.accepted_at >= o.clock_start_at)), false)::integer as accepted,
    case when (o.part_count = 0 and o.duplicate_of_id is null) and (o.finished_at >= o.clock_start_at) then (floor(extract(epoch from o.finished_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint else 0 end as resolve_ms,
    coalesce(((o.part_count = 0 and o.duplicate_of_id is null) and (o.finished_at >= o.clock_start_at)), false)::integer as resolved
  from work_orders.work_order o where true;
alter table work_orders.work_order force row level security;

-- Whoever may change an order may say what that changes of the figures; residents read none.
alter table work_orders.figure_change enable row level security, force row level security;
create policy figure_change_app_add on work_orders.figure_change for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, null::uuid, null::uuid, true));
create policy figure_change_worker on work_orders.figure_change for all to gongzhi_worker using (true) with check (true);
create policy figure_change_app_read on work_orders.figure_change for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_day enable row level security, force row level security;
create policy figure_day_worker on work_orders.figure_day for all to gongzhi_worker using (true) with check (true);
create policy figure_day_app_read on work_orders.figure_day for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_month enable row level security, force row level security;
create policy figure_month_worker on work_orders.figure_month for all to gongzhi_worker using (true) with check (true);
create policy figure_month_app_read on work_orders.figure_month for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_region enable row level security, force row level security;
create policy figure_region_worker on work_orders.figure_region for all to gongzhi_worker using (true) with check (true);
create policy figure_region_app_read on work_orders.figure_region for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));

grant select, insert on work_orders.figure_change to gongzhi_app;
grant select, insert, delete on work_orders.figure_change to gongzhi_worker;
grant select on work_orders.figure_day, work_orders.figure_month, work_orders.figure_region to gongzhi_app;
grant select, insert, update on work_orders.figure_day, work_orders.figure_month, work_orders.figure_region to gongzhi_worker;
grant select, insert, update, delete on work_orders.figure_change, work_orders.figure_day, work_orders.figure_month,
  work_orders.figure_region to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace and c.relkind = 'r'
  and c.relname in ('figure_change', 'figure_day', 'figure_month', 'figure_region')

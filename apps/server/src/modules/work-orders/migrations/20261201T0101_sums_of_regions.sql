-- A company, street or city over half a year is told from some four thousand sums instead of thirty-four thousand: by day
-- without the category, as curves are drawn, and by month and category.
create table work_orders.figure_region_day (
  scope_id uuid not null,
  kind text not null,
  city_id uuid, street_id uuid, company_id uuid,
  day date not null,
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
  constraint figure_region_day_once unique nulls not distinct (scope_id, day, city_id, accused_account_id),
  constraint figure_region_day_kind check (kind in ('company', 'street', 'city'))
) with (fillfactor = 80);
create table work_orders.figure_region_month (
  scope_id uuid not null,
  kind text not null,
  city_id uuid, street_id uuid, company_id uuid,
  month date not null,
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
  constraint figure_region_month_once unique nulls not distinct (scope_id, month, category_code, city_id, accused_account_id),
  constraint figure_region_month_kind check (kind in ('company', 'street', 'city'))
) with (fillfactor = 80);

grant select, insert, update, delete on work_orders.figure_region_day, work_orders.figure_region_month to gongzhi_loader;
-- What is folded already, by who is behind no wall: to take the owner out of it would lock what everybody reads.
set local role gongzhi_loader;
insert into work_orders.figure_region_day (scope_id, kind, city_id, street_id, company_id, day, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, open, unassigned, open_late, accept_ms, accepted, resolve_ms, resolved)
  select f.scope_id, f.kind, f.city_id, f.street_id, f.company_id, f.day, f.accused_account_id, sum(f.total), sum(f.done), sum(f.on_time), sum(f.late), sum(f.first_time), sum(f.reopened), sum(f.second_visit), sum(f.rated), sum(f.satisfied), sum(f.basically_satisfied), sum(f.unsatisfied), sum(f.open), sum(f.unassigned), sum(f.open_late), sum(f.accept_ms), sum(f.accepted), sum(f.resolve_ms), sum(f.resolved)
  from work_orders.figure_region f group by 1, 2, 3, 4, 5, 6, 7
  having sum(f.total) <> 0 or sum(f.done) <> 0 or sum(f.on_time) <> 0 or sum(f.late) <> 0 or sum(f.first_time) <> 0 or sum(f.reopened) <> 0 or sum(f.second_visit) <> 0 or sum(f.rated) <> 0 or sum(f.satisfied) <> 0 or sum(f.basically_satisfied) <> 0 or sum(f.unsatisfied) <> 0 or sum(f.open) <> 0 or sum(f.unassigned) <> 0 or sum(f.open_late) <> 0 or sum(f.accept_ms) <> 0 or sum(f.accepted) <> 0 or sum(f.resolve_ms) <> 0 or sum(f.resolved) <> 0
  order by 1, 6;
insert into work_orders.figure_region_month (scope_id, kind, city_id, street_id, company_id, month, category_code, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, open, unassigned, open_late, accept_ms, accepted, resolve_ms, resolved)
  select f.scope_id, f.kind, f.city_id, f.street_id, f.company_id, date_trunc('month', f.day)::date, f.category_code, f.accused_account_id, sum(f.total), sum(f.done), sum(f.on_time), sum(f.late), sum(f.first_time), sum(f.reopened), sum(f.second_visit), sum(f.rated), sum(f.satisfied), sum(f.basically_satisfied), sum(f.unsatisfied), sum(f.open), sum(f.unassigned), sum(f.open_late), sum(f.accept_ms), sum(f.accepted), sum(f.resolve_ms), sum(f.resolved)
  from work_orders.figure_region f group by 1, 2, 3, 4, 5, 6, 7, 8
  having sum(f.total) <> 0 or sum(f.done) <> 0 or sum(f.on_time) <> 0 or sum(f.late) <> 0 or sum(f.first_time) <> 0 or sum(f.reopened) <> 0 or sum(f.second_visit) <> 0 or sum(f.rated) <> 0 or sum(f.satisfied) <> 0 or sum(f.basically_satisfied) <> 0 or sum(f.unsatisfied) <> 0 or sum(f.open) <> 0 or sum(f.unassigned) <> 0 or sum(f.open_late) <> 0 or sum(f.accept_ms) <> 0 or sum(f.accepted) <> 0 or sum(f.resolve_ms) <> 0 or sum(f.resolved) <> 0
  order by 1, 6, 7;
set local role gongzhi_owner;

alter table work_orders.figure_region_day enable row level security, force row level security;
create policy figure_region_day_worker on work_orders.figure_region_day for all to gongzhi_worker using (true) with check (true);
create policy figure_region_day_app_read on work_orders.figure_region_day for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_region_month enable row level security, force row level security;
create policy figure_region_month_worker on work_orders.figure_region_month for all to gongzhi_worker using (true) with check (true);
create policy figure_region_month_app_read on work_orders.figure_region_month for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
grant select on work_orders.figure_region_day, work_orders.figure_region_month to gongzhi_app;
grant select, insert, update on work_orders.figure_region_day, work_orders.figure_region_month to gongzhi_worker;

-- A company or a city may have orders of its own, which are of a place then: they are told apart from all its orders.
alter table work_orders.figure_time drop constraint figure_time_once;
alter table work_orders.figure_time add constraint figure_time_once
  unique nulls not distinct (scope_id, kind, stretch, day, category_code, company_id, street_id, city_id, accused_account_id);

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
  and (select cardinality(k.conkey) = 9 from pg_catalog.pg_constraint k where k.conname = 'figure_time_once')
from pg_catalog.pg_class c
where c.oid in ('work_orders.figure_region'::pg_catalog.regclass, 'work_orders.figure_region_day'::pg_catalog.regclass,
  'work_orders.figure_region_month'::pg_catalog.regclass)

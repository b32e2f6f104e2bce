-- The sums of a place by day without the category: thousands of places beside each other over a few days are read from half
-- as many rows, and from hardly more where ten times as much is reported. They lie by the day on which they were reported,
-- as they are read.
create table work_orders.figure_place (
  scope_id uuid not null,
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
  constraint figure_place_once unique nulls not distinct (scope_id, day, company_id, street_id, city_id, accused_account_id)
) with (fillfactor = 80);
create index figure_place_city on work_orders.figure_place (city_id, day);
create index figure_place_street on work_orders.figure_place (street_id, day);
create index figure_place_company on work_orders.figure_place (company_id, day);

-- What stands in the queues now, of all that was ever reported: one row a place, for whom it is the work of.
create table work_orders.figure_standing (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  accused_account_id uuid,
  open bigint not null,
  unassigned bigint not null,
  open_late bigint not null,
  constraint figure_standing_once unique nulls not distinct (scope_id, company_id, street_id, city_id, accused_account_id)
) with (fillfactor = 80);
create index figure_standing_city on work_orders.figure_standing (city_id);
create index figure_standing_street on work_orders.figure_standing (street_id);
create index figure_standing_company on work_orders.figure_standing (company_id);

-- What is folded already. The tables' owner is behind the wall like everybody else.
alter table work_orders.figure_day no force row level security;
insert into work_orders.figure_place (scope_id, city_id, street_id, company_id, day, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, open, unassigned, open_late, accept_ms, accepted, resolve_ms, resolved)
  select f.scope_id, f.city_id, f.street_id, f.company_id, f.day, f.accused_account_id, sum(f.total), sum(f.done), sum(f.on_time), sum(f.late), sum(f.first_time), sum(f.reopened), sum(f.second_visit), sum(f.rated), sum(f.satisfied), sum(f.basically_satisfied), sum(f.unsatisfied), sum(f.open), sum(f.unassigned), sum(f.open_late), sum(f.accept_ms), sum(f.accepted), sum(f.resolve_ms), sum(f.resolved)
  from work_orders.figure_day f group by 1, 2, 3, 4, 5, 6
  having sum(f.total) <> 0 or sum(f.done) <> 0 or sum(f.on_time) <> 0 or sum(f.late) <> 0 or sum(f.first_time) <> 0 or sum(f.reopened) <> 0 or sum(f.second_visit) <> 0 or sum(f.rated) <> 0 or sum(f.satisfied) <> 0 or sum(f.basically_satisfied) <> 0 or sum(f.unsatisfied) <> 0 or sum(f.open) <> 0 or sum(f.unassigned) <> 0 or sum(f.open_late) <> 0 or sum(f.accept_ms) <> 0 or sum(f.accepted) <> 0 or sum(f.resolve_ms) <> 0 or sum(f.resolved) <> 0
  order by f.day, f.scope_id;
insert into work_orders.figure_standing (scope_id, city_id, street_id, company_id, accused_account_id, open, unassigned, open_late)
  select f.scope_id, f.city_id, f.street_id, f.company_id, f.accused_account_id, sum(f.open), sum(f.unassigned), sum(f.open_late)
  from work_orders.figure_day f group by 1, 2, 3, 4, 5
  having sum(f.open) <> 0 or sum(f.unassigned) <> 0 or sum(f.open_late) <> 0
  order by f.scope_id;
alter table work_orders.figure_day force row level security;

alter table work_orders.figure_place enable row level security, force row level security;
create policy figure_place_worker on work_orders.figure_place for all to gongzhi_worker using (true) with check (true);
create policy figure_place_app_read on work_orders.figure_place for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_standing enable row level security, force row level security;
create policy figure_standing_worker on work_orders.figure_standing for all to gongzhi_worker using (true) with check (true);
create policy figure_standing_app_read on work_orders.figure_standing for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
grant select on work_orders.figure_place, work_orders.figure_standing to gongzhi_app;
grant select, insert, update on work_orders.figure_place, work_orders.figure_standing to gongzhi_worker;
grant select, insert, update, delete on work_orders.figure_place, work_orders.figure_standing to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
  and (select d.relforcerowsecurity from pg_catalog.pg_class d where d.oid = 'work_orders.figure_day'::pg_catalog.regclass)
from pg_catalog.pg_class c
where c.oid in ('work_orders.figure_place'::pg_catalog.regclass, 'work_orders.figure_standing'::pg_catalog.regclass)

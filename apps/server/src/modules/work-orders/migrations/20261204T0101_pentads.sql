-- The sums of a place by pentad, the five days that months are cut into (domain/stretches.ts): of the thirty
-- days to today one to six rows are read where there were up to seventeen.
create table work_orders.figure_pentad (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  pentad date not null,
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
  constraint figure_pentad_once unique nulls not distinct (scope_id, pentad, company_id, street_id, city_id, accused_account_id)
) with (fillfactor = 80);
create index figure_pentad_city on work_orders.figure_pentad (city_id, pentad);
create index figure_pentad_street on work_orders.figure_pentad (street_id, pentad);
create index figure_pentad_company on work_orders.figure_pentad (company_id, pentad);

grant select, insert, update, delete on work_orders.figure_pentad to gongzhi_loader;
-- What is folded already, by who is behind no wall: to take the owner out of it would lock what everybody reads.
set local role gongzhi_loader;
insert into work_orders.figure_pentad (scope_id, city_id, street_id, company_id, pentad, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, open, unassigned, open_late, accept_ms, accepted, resolve_ms, resolved)
  select f.scope_id, f.city_id, f.street_id, f.company_id, date_trunc('month', f.day::timestamp)::date + 5 * least(5, (date_part('day', f.day)::integer - 1) / 5), f.accused_account_id, sum(f.total), sum(f.done), sum(f.on_time), sum(f.late), sum(f.first_time), sum(f.reopened), sum(f.second_visit), sum(f.rated), sum(f.satisfied), sum(f.basically_satisfied), sum(f.unsatisfied), sum(f.open), sum(f.unassigned), sum(f.open_late), sum(f.accept_ms), sum(f.accepted), sum(f.resolve_ms), sum(f.resolved)
  from work_orders.figure_place f group by 1, 2, 3, 4, 5, 6
  having sum(f.total) <> 0 or sum(f.done) <> 0 or sum(f.on_time) <> 0 or sum(f.late) <> 0 or sum(f.first_time) <> 0 or sum(f.reopened) <> 0 or sum(f.second_visit) <> 0 or sum(f.rated) <> 0 or sum(f.satisfied) <> 0 or sum(f.basically_satisfied) <> 0 or sum(f.unsatisfied) <> 0 or sum(f.open) <> 0 or sum(f.unassigned) <> 0 or sum(f.open_late) <> 0 or sum(f.accept_ms) <> 0 or sum(f.accepted) <> 0 or sum(f.resolve_ms) <> 0 or sum(f.resolved) <> 0
  order by 5, 1;
set local role gongzhi_owner;

alter table work_orders.figure_pentad enable row level security, force row level security;
create policy figure_pentad_worker on work_orders.figure_pentad for all to gongzhi_worker using (true) with check (true);
create policy figure_pentad_app_read on work_orders.figure_pentad for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
grant select on work_orders.figure_pentad to gongzhi_app;
grant select, insert, update on work_orders.figure_pentad to gongzhi_worker;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c
where c.oid in ('work_orders.figure_place'::pg_catalog.regclass, 'work_orders.figure_pentad'::pg_catalog.regclass)

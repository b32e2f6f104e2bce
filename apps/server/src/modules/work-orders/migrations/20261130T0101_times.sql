-- amends cac631493cf76a97fae335707b26a449d76495625e2b27907309b48affaf73f8
-- That one knew no kind in the key, and broke off where a company or a city has orders of its own.
-- How long orders took, kept so that it adds up (domain/times.ts): of a place, and by category of a company and of a city,
-- by day and by month, how many took about so long. An element of `times` is a code in its upper half, how many in its lower.
create table work_orders.figure_time (
  scope_id uuid not null,
  kind text not null,
  city_id uuid, street_id uuid, company_id uuid,
  stretch text not null,
  day date not null,
  category_code text,
  accused_account_id uuid,
  times bigint[] not null,
  constraint figure_time_once unique nulls not distinct (scope_id, kind, stretch, day, category_code, company_id, street_id, city_id, accused_account_id),
  constraint figure_time_kind check (kind in ('place', 'company', 'city')),
  constraint figure_time_stretch check (stretch in ('day', 'month'))
) with (fillfactor = 80);

-- The codes an order takes on, and with a minus those it gives up.
alter table work_orders.figure_change add column times smallint[];

-- What was reported before. Orders whose last changes are not folded yet are counted as they are now: those changes bear no
-- times. The tables' owner is behind the wall like everybody else.
alter table work_orders.work_order no force row level security;
alter table places.scope no force row level security;
set local work_mem = '256MB';
with recursive starts (n, at) as (
  select 1, 0::bigint union all select s.n + 1, (s.at + 60000) * 26 / 25 - 60000 from starts s where s.n < 400),
step as materialized (select array_agg(s.at order by s.n) as starts from starts s),
part as materialized (
  select o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id,
    (o.created_at at time zone coalesce(p.time_zone, 'Asia/Shanghai'))::date as day,
    array_remove(array[
      case when o.accepted_at >= o.clock_start_at then
        width_bucket((floor(extract(epoch from o.accepted_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end,
      case when o.finished_at is not null and o.arrived_at >= o.clock_start_at then 400 +
        width_bucket((floor(extract(epoch from o.arrived_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end,
      case when o.finished_at >= o.clock_start_at then 800 +
        width_bucket((floor(extract(epoch from o.finished_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end],
      null)::smallint[] as times
  from work_orders.work_order o left join places.scope p on p.scope_id = o.scope_id
  where o.part_count = 0 and o.duplicate_of_id is null),
  by_company_time as materialized (
    select p.city_id, p.company_id, p.category_code, p.accused_account_id, p.day, t.code as code, count(*) as n
    from part p cross join lateral unnest(p.times) t (code) group by 1, 2, 3, 4, 5, 6),
  by_city_time as materialized (
    select c.city_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from by_company_time c group by 1, 2, 3, 4, 5),
  timed as (
    select p.scope_id, 'place'::text as kind, p.city_id, p.street_id, p.company_id, 'day'::text as stretch, p.day, null::text as category_code, p.accused_account_id,
      array_agg((t.code::bigint << 32) + 1) as times
    from part p cross join lateral unnest(p.times) t (code) group by 1, 3, 4, 5, 7, 9
    union all select c.scope_id, 'place', c.city_id, c.street_id, c.company_id, 'month', c.day, null, c.accused_account_id, array_agg((c.code::bigint << 32) + c.n)
    from (select p.scope_id, p.city_id, p.street_id, p.company_id, date_trunc('month', p.day)::date as day, p.accused_account_id, t.code as code, count(*) as n
      from part p cross join lateral unnest(p.times) t (code) group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 4, 5, 7, 9
    union all select c.id as scope_id, 'company'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'day'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.company_id as id, c.city_id, c.company_id as company_id, c.day as day, c.category_code as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_company_time c where c.company_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'company'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'day'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.company_id as id, c.city_id, c.company_id as company_id, c.day as day, null::text as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_company_time c where c.company_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'company'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'month'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.company_id as id, c.city_id, c.company_id as company_id, date_trunc('month', c.day)::date as day, c.category_code as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_company_time c where c.company_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'company'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'month'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.company_id as id, c.city_id, c.company_id as company_id, date_trunc('month', c.day)::date as day, null::text as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_company_time c where c.company_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'city'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'day'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.city_id as id, c.city_id, null::uuid as company_id, c.day as day, c.category_code as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_city_time c where c.city_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'city'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'day'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.city_id as id, c.city_id, null::uuid as company_id, c.day as day, null::text as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_city_time c where c.city_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'city'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'month'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.city_id as id, c.city_id, null::uuid as company_id, date_trunc('month', c.day)::date as day, c.category_code as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_city_time c where c.city_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9 union all select c.id as scope_id, 'city'::text as kind, c.city_id, null::uuid as street_id, c.company_id, 'month'::text as stretch, c.day, c.category_code, c.accused_account_id,
      array_agg((c.code::bigint << 32) + c.n) as times
    from (select c.city_id as id, c.city_id, null::uuid as company_id, date_trunc('month', c.day)::date as day, null::text as category_code, c.accused_account_id, c.code, sum(c.n)::bigint as n
      from by_city_time c where c.city_id is not null group by 1, 2, 3, 4, 5, 6, 7) c
    group by 1, 3, 5, 7, 8, 9)
insert into work_orders.figure_time (scope_id, kind, city_id, street_id, company_id, stretch, day, category_code, accused_account_id, times)
  select t.* from timed t order by t.stretch, t.day, t.scope_id, t.category_code, t.company_id, t.street_id, t.city_id, t.accused_account_id;
reset work_mem;
alter table places.scope force row level security;
alter table work_orders.work_order force row level security;

alter table work_orders.figure_time enable row level security, force row level security;
create policy figure_time_worker on work_orders.figure_time for all to gongzhi_worker using (true) with check (true);
create policy figure_time_app_read on work_orders.figure_time for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
grant select on work_orders.figure_time to gongzhi_app;
grant select, insert, update on work_orders.figure_time to gongzhi_worker;
grant select, insert, update, delete on work_orders.figure_time to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity
  and (select bool_and(d.relforcerowsecurity) from pg_catalog.pg_class d
    where d.oid in ('work_orders.work_order'::pg_catalog.regclass, 'places.scope'::pg_catalog.regclass))
from pg_catalog.pg_class c where c.oid = 'work_orders.figure_time'::pg_catalog.regclass

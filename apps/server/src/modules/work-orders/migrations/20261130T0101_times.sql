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
  constraint figure_time_once unique nulls not distinct (scope_id, stretch, day, category_code, company_id, street_id, city_id, accused_account_id),
  constraint figure_time_kind check (kind in ('place', 'company', 'city')),
  constraint figure_time_stretch check (stretch in ('day', 'month'))
) with (fillfactor = 80);

-- The codes an order takes on, and with a minus those it gives up.
alter table work_orders.figure_change add column times smallint[];

-- What was reported before. Orders whose last changes are not folded yet are counted as they are now: those changes bear no
-- times. The tables' owner is behind the wall like everybody else.
alter table work_orders.work_order no force row level security;
alter table places.scope no force row level security;
with recursive starts (n, at) as (
  select 1, 0::bigint union all select s.n + 1, (s.at + 60000) * 26 / 25 - 60000 from starts s where s.n < 400),
step as materialized (select array_agg(s.at order by s.n) as starts from starts s),
part as (
  select o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id,
    (o.created_at at time zone coalesce(p.time_zone, 'Asia/Shanghai'))::date as day,
    case when o.accepted_at >= o.clock_start_at then
      width_bucket((floor(extract(epoch from o.accepted_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end as accept,
    case when o.finished_at is not null and o.arrived_at >= o.clock_start_at then 400 +
      width_bucket((floor(extract(epoch from o.arrived_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end as arrive,
    case when o.finished_at >= o.clock_start_at then 800 +
      width_bucket((floor(extract(epoch from o.finished_at) * 1000) - floor(extract(epoch from o.clock_start_at) * 1000))::bigint, (select x.starts from step x)) end as resolve
  from work_orders.work_order o left join places.scope p on p.scope_id = o.scope_id
  where o.part_count = 0 and o.duplicate_of_id is null),
coded as materialized (
  select p.scope_id, p.city_id, p.street_id, p.company_id, p.category_code, p.accused_account_id, p.day, t.code, count(*) as n
  from part p cross join lateral (values (p.accept), (p.arrive), (p.resolve)) t (code) where t.code is not null group by 1, 2, 3, 4, 5, 6, 7, 8),
by_place as materialized (
  select c.scope_id, 'place'::text as kind, c.city_id, c.street_id, c.company_id, null::text as category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
  from coded c group by 1, 3, 4, 5, 7, 8, 9),
by_company as materialized (
  select c.city_id, c.company_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
  from coded c group by 1, 2, 3, 4, 5, 6),
by_city as materialized (
  select c.city_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
  from by_company c group by 1, 2, 3, 4, 5),
by_day as materialized (
  select p.* from by_place p
  union all select c.company_id, 'company', c.city_id, null, c.company_id, c.category_code, c.accused_account_id, c.day, c.code, c.n
    from by_company c where c.company_id is not null
  union all select c.company_id, 'company', c.city_id, null, c.company_id, null, c.accused_account_id, c.day, c.code, sum(c.n)::bigint
    from by_company c where c.company_id is not null group by c.city_id, c.company_id, c.accused_account_id, c.day, c.code
  union all select c.city_id, 'city', c.city_id, null, null, c.category_code, c.accused_account_id, c.day, c.code, c.n
    from by_city c where c.city_id is not null
  union all select c.city_id, 'city', c.city_id, null, null, null, c.accused_account_id, c.day, c.code, sum(c.n)::bigint
    from by_city c where c.city_id is not null group by c.city_id, c.accused_account_id, c.day, c.code),
timed as (
  select 'day'::text as stretch, d.* from by_day d
  union all select 'month', d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id,
    date_trunc('month', d.day)::date, d.code, sum(d.n)::bigint
    from by_day d group by d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id, date_trunc('month', d.day)::date, d.code)
insert into work_orders.figure_time (scope_id, kind, city_id, street_id, company_id, stretch, day, category_code, accused_account_id, times)
  select t.scope_id, t.kind, t.city_id, t.street_id, t.company_id, t.stretch, t.day, t.category_code, t.accused_account_id,
    array_agg((t.code::bigint << 32) + t.n order by t.code)
  from timed t group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 6, 7, 1, 8, 5, 4, 3, 9;
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

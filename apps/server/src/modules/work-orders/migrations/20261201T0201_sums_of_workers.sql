-- The sums of a company by who has the work: what is compared of them, and how long it took (domain/times.ts), by day and by
-- month. worker_id is the company itself where nobody has it.
create table work_orders.figure_worker (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  stretch text not null,
  day date not null,
  worker_id uuid not null,
  accused_account_id uuid,
  total integer not null,
  done integer not null,
  on_time integer not null,
  late integer not null,
  first_time integer not null,
  reopened integer not null,
  second_visit integer not null,
  rated integer not null,
  satisfied integer not null,
  basically_satisfied integer not null,
  unsatisfied integer not null,
  constraint figure_worker_once unique nulls not distinct (scope_id, stretch, day, worker_id, city_id, accused_account_id),
  constraint figure_worker_stretch check (stretch in ('day', 'month'))
) with (fillfactor = 80);
create table work_orders.figure_worker_time (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  stretch text not null,
  day date not null,
  worker_id uuid not null,
  accused_account_id uuid,
  times bigint[] not null,
  constraint figure_worker_time_once unique nulls not distinct (scope_id, worker_id, stretch, day, city_id, accused_account_id),
  constraint figure_worker_time_stretch check (stretch in ('day', 'month'))
) with (fillfactor = 80);

-- Whose part it is that changed.
alter table work_orders.figure_change add column assignee_account_id uuid;

-- What was reported before, less the changes that are not folded yet: those do not say whose they were, and will be added as
-- nobody's. By who is behind no wall: to take the owner out of it would lock what everybody reads. Commands wait meanwhile, for
-- the column above; orders are read.
grant select, insert, update, delete on work_orders.figure_worker, work_orders.figure_worker_time to gongzhi_loader;
set local role gongzhi_loader;
set local work_mem = '256MB';
with recursive starts (n, at) as (
  select 1, 0::bigint union all select s.n + 1, (s.at + 60000) * 26 / 25 - 60000 from starts s where s.n < 400),
step as materialized (select array_agg(s.at order by s.n) as starts from starts s),
part as materialized (
  select o.company_id, o.city_id, (o.created_at at time zone coalesce(s.time_zone, 'Asia/Shanghai'))::date as day, coalesce(o.assignee_account_id, o.company_id) as worker_id, o.accused_account_id, 1 as sign,
    1 as total,
    coalesce((o.finished_at is not null), false)::integer as done,
    coalesce((o.resolve_late_at is null and o.finished_at <= o.resolve_due_at), false)::integer as on_time,
    coalesce((o.resolve_late_at is not null or o.finished_at > o.resolve_due_at), false)::integer as late,
    coalesce((o.finished_at is not null and o.dispute_count = 0 and o.reopen_count = 0), false)::integer as first_time,
    coalesce((o.reopen_count > 0), false)::integer as reopened,
    coalesce((o.dispute_count > 0), false)::integer as second_visit,
    coalesce((o.rating is not null), false)::integer as rated,
    coalesce((o.rating = 'satisfied'), false)::integer as satisfied,
    coalesce((o.rating = 'basically_satisfied'), false)::integer as basically_satisfied,
    coalesce((o.rating = 'unsatisfied'), false)::integer as unsatisfied,
    array_remove(array[
      case when o.accepted_at >= o.clock_start_at then width_bucket(round(date_part('epoch', o.accepted_at) * 1000000)::bigint / 1000 - round(date_part('epoch', o.clock_start_at) * 1000000)::bigint / 1000, (select x.starts from step x)) end,
      case when o.finished_at is not null and o.arrived_at >= o.clock_start_at then 400 + width_bucket(round(date_part('epoch', o.arrived_at) * 1000000)::bigint / 1000 - round(date_part('epoch', o.clock_start_at) * 1000000)::bigint / 1000, (select x.starts from step x)) end,
      case when o.finished_at >= o.clock_start_at then 800 + width_bucket(round(date_part('epoch', o.finished_at) * 1000000)::bigint / 1000 - round(date_part('epoch', o.clock_start_at) * 1000000)::bigint / 1000, (select x.starts from step x)) end],
      null)::smallint[] as times
  from work_orders.work_order o left join places.scope s on s.scope_id = o.scope_id
  where o.company_id is not null and o.part_count = 0 and o.duplicate_of_id is null
  union all select o.company_id, o.city_id, (o.created_at at time zone coalesce(s.time_zone, 'Asia/Shanghai'))::date, o.company_id, o.accused_account_id, -1,
    -o.total, -o.done, -o.on_time, -o.late, -o.first_time, -o.reopened, -o.second_visit, -o.rated, -o.satisfied, -o.basically_satisfied, -o.unsatisfied, o.times
  from work_orders.figure_change o left join places.scope s on s.scope_id = o.scope_id where o.company_id is not null),
worker_day as materialized (
  select p.company_id, p.city_id, p.day, p.worker_id, p.accused_account_id, sum(p.total)::integer as total, sum(p.done)::integer as done, sum(p.on_time)::integer as on_time, sum(p.late)::integer as late, sum(p.first_time)::integer as first_time, sum(p.reopened)::integer as reopened, sum(p.second_visit)::integer as second_visit, sum(p.rated)::integer as rated, sum(p.satisfied)::integer as satisfied, sum(p.basically_satisfied)::integer as basically_satisfied, sum(p.unsatisfied)::integer as unsatisfied
  from part p group by 1, 2, 3, 4, 5
  having sum(p.total) <> 0 or sum(p.done) <> 0 or sum(p.on_time) <> 0 or sum(p.late) <> 0 or sum(p.first_time) <> 0 or sum(p.reopened) <> 0 or sum(p.second_visit) <> 0 or sum(p.rated) <> 0 or sum(p.satisfied) <> 0 or sum(p.basically_satisfied) <> 0 or sum(p.unsatisfied) <> 0),
by_worker as (
  insert into work_orders.figure_worker (company_id, city_id, day, worker_id, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied, scope_id, stretch)
  select w.*, w.company_id as scope_id, 'day' as stretch from worker_day w
  union all select p.company_id, p.city_id, date_trunc('month', p.day::timestamp)::date, p.worker_id, p.accused_account_id, sum(p.total)::integer as total, sum(p.done)::integer as done, sum(p.on_time)::integer as on_time, sum(p.late)::integer as late, sum(p.first_time)::integer as first_time, sum(p.reopened)::integer as reopened, sum(p.second_visit)::integer as second_visit, sum(p.rated)::integer as rated, sum(p.satisfied)::integer as satisfied, sum(p.basically_satisfied)::integer as basically_satisfied, sum(p.unsatisfied)::integer as unsatisfied, p.company_id, 'month'
  from worker_day p group by 1, 2, 3, 4, 5
  having sum(p.total) <> 0 or sum(p.done) <> 0 or sum(p.on_time) <> 0 or sum(p.late) <> 0 or sum(p.first_time) <> 0 or sum(p.reopened) <> 0 or sum(p.second_visit) <> 0 or sum(p.rated) <> 0 or sum(p.satisfied) <> 0 or sum(p.basically_satisfied) <> 0 or sum(p.unsatisfied) <> 0
  order by day, company_id, worker_id)
insert into work_orders.figure_worker_time (company_id, city_id, day, worker_id, accused_account_id, times, scope_id, stretch)
  select p.company_id, p.city_id, p.day, p.worker_id, p.accused_account_id,
    array_agg((abs(t.code)::bigint << 32) + (p.sign * sign(t.code))::bigint) as times, p.company_id as scope_id, 'day' as stretch
  from part p cross join lateral unnest(p.times) t (code) group by 1, 2, 3, 4, 5
  union all select c.company_id, c.city_id, c.day, c.worker_id, c.accused_account_id, array_agg((c.code::bigint << 32) + c.n), c.company_id, 'month'
  from (select p.company_id, p.city_id, date_trunc('month', p.day::timestamp)::date as day, p.worker_id, p.accused_account_id, abs(t.code) as code,
      sum(p.sign * sign(t.code))::bigint as n
    from part p cross join lateral unnest(p.times) t (code) group by 1, 2, 3, 4, 5, 6) c
  where c.n <> 0 group by 1, 2, 3, 4, 5
  order by company_id, worker_id, day;
reset work_mem;
set local role gongzhi_owner;

alter table work_orders.figure_worker enable row level security, force row level security;
create policy figure_worker_worker on work_orders.figure_worker for all to gongzhi_worker using (true) with check (true);
create policy figure_worker_app_read on work_orders.figure_worker for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter table work_orders.figure_worker_time enable row level security, force row level security;
create policy figure_worker_time_worker on work_orders.figure_worker_time for all to gongzhi_worker using (true) with check (true);
create policy figure_worker_time_app_read on work_orders.figure_worker_time for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
grant select on work_orders.figure_worker, work_orders.figure_worker_time to gongzhi_app;
grant select, insert, update on work_orders.figure_worker, work_orders.figure_worker_time to gongzhi_worker;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c
where c.oid in ('work_orders.figure_worker'::pg_catalog.regclass, 'work_orders.figure_worker_time'::pg_catalog.regclass)

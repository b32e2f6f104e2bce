-- Workers, and how long it took of places and workers, by pentad, from what is kept of their days.
alter table work_orders.figure_worker validate constraint figure_worker_stretch;
alter table work_orders.figure_worker_time validate constraint figure_worker_time_stretch;
alter table work_orders.figure_time validate constraint figure_time_stretch;
set local role gongzhi_loader;
-- What a new program folded meanwhile is in the days too.
delete from work_orders.figure_worker where stretch = 'pentad';
delete from work_orders.figure_worker_time where stretch = 'pentad';
delete from work_orders.figure_time where stretch = 'pentad';
set local work_mem = '256MB';
insert into work_orders.figure_worker (scope_id, city_id, street_id, company_id, stretch, day, worker_id, accused_account_id, total, done, on_time, late, first_time, reopened, second_visit, rated, satisfied, basically_satisfied, unsatisfied)
  select f.scope_id, f.city_id, f.street_id, f.company_id, 'pentad', date_trunc('month', f.day::timestamp)::date + 5 * least(5, (date_part('day', f.day)::integer - 1) / 5), f.worker_id, f.accused_account_id, sum(f.total), sum(f.done), sum(f.on_time), sum(f.late), sum(f.first_time), sum(f.reopened), sum(f.second_visit), sum(f.rated), sum(f.satisfied), sum(f.basically_satisfied), sum(f.unsatisfied)
  from work_orders.figure_worker f where f.stretch = 'day' group by 1, 2, 3, 4, 6, 7, 8
  having sum(f.total) <> 0 or sum(f.done) <> 0 or sum(f.on_time) <> 0 or sum(f.late) <> 0 or sum(f.first_time) <> 0 or sum(f.reopened) <> 0 or sum(f.second_visit) <> 0 or sum(f.rated) <> 0 or sum(f.satisfied) <> 0 or sum(f.basically_satisfied) <> 0 or sum(f.unsatisfied) <> 0
  order by 6, 1, 7;
-- Four bytes each: a code above the lowest twenty bits, how many in those. Of a place and a worker that is never more than they hold.
insert into work_orders.figure_time (scope_id, kind, city_id, street_id, company_id, stretch, day, category_code, accused_account_id, times)
  select t.scope_id, t.kind, t.city_id, t.street_id, t.company_id, 'pentad', t.pentad, null, t.accused_account_id,
    string_agg(int4send((t.code << 20) + t.n), '' order by t.code)
  from (
    select e.scope_id, e.kind, e.city_id, e.street_id, e.company_id, e.pentad, e.accused_account_id, (e.value + 524288) >> 20 as code,
      sum(e.value - (((e.value + 524288) >> 20) << 20))::integer as n
    from (
      select f.scope_id, f.kind, f.city_id, f.street_id, f.company_id, date_trunc('month', f.day::timestamp)::date + 5 * least(5, (date_part('day', f.day)::integer - 1) / 5) as pentad, f.accused_account_id,
        substring(f.times from g.at for 4)::integer as value
      from (select k.* from work_orders.figure_time k where k.kind = 'place' and k.stretch = 'day' offset 0) f
        cross join lateral generate_series(1, length(f.times), 4) g (at)) e
    group by 1, 2, 3, 4, 5, 6, 7, 8) t
  where t.n <> 0 group by 1, 2, 3, 4, 5, 7, 9
  order by 7, 1;
insert into work_orders.figure_worker_time (scope_id, city_id, street_id, company_id, stretch, day, worker_id, accused_account_id, times)
  select t.scope_id, t.city_id, t.street_id, t.company_id, 'pentad', t.pentad, t.worker_id, t.accused_account_id,
    string_agg(int4send((t.code << 20) + t.n), '' order by t.code)
  from (
    select e.scope_id, e.city_id, e.street_id, e.company_id, e.pentad, e.worker_id, e.accused_account_id, (e.value + 524288) >> 20 as code,
      sum(e.value - (((e.value + 524288) >> 20) << 20))::integer as n
    from (
      select f.scope_id, f.city_id, f.street_id, f.company_id, date_trunc('month', f.day::timestamp)::date + 5 * least(5, (date_part('day', f.day)::integer - 1) / 5) as pentad, f.worker_id, f.accused_account_id,
        substring(f.times from g.at for 4)::integer as value
      from (select k.* from work_orders.figure_worker_time k where k.stretch = 'day' offset 0) f
        cross join lateral generate_series(1, length(f.times), 4) g (at)) e
    group by 1, 2, 3, 4, 5, 6, 7, 8) t
  where t.n <> 0 group by 1, 2, 3, 4, 6, 7, 8
  order by 1, 7, 6;
reset work_mem;
set local role gongzhi_owner;

-- check
select bool_and(k.convalidated) from pg_catalog.pg_constraint k
where k.conname in ('figure_worker_stretch', 'figure_worker_time_stretch', 'figure_time_stretch')

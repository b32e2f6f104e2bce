-- What stands in the other queues is kept too, of the moment alone: how many there are is told without reading what is open.
-- A constant default writes no row anew.
alter table work_orders.figure_change add column callback smallint not null default 0,
  add column disputed smallint not null default 0, add column waiting_resident smallint not null default 0;
alter table work_orders.figure_standing add column callback bigint not null default 0,
  add column disputed bigint not null default 0, add column waiting_resident bigint not null default 0;

-- What stands there now; changes that are not folded yet say nothing of it. By who is behind no wall: to take the owner out of it
-- would lock what everybody reads.
set local role gongzhi_loader;
insert into work_orders.figure_standing as f (scope_id, city_id, street_id, company_id, accused_account_id, open, unassigned, open_late, callback, disputed, waiting_resident)
  select o.scope_id, o.city_id, o.street_id, o.company_id, o.accused_account_id, 0, 0, 0, count(*) filter (where o.callback_wanted_at is not null),
    count(*) filter (where o.status = 'disputed'), count(*) filter (where (o.status = 'finished' and o.callback_wanted_at is null)
      or (o.status = 'paused' and o.paused_reason = 'waiting_resident'))
  from work_orders.work_order o
  where o.callback_wanted_at is not null or (o.is_open and o.status in ('disputed', 'finished', 'paused'))
  group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (scope_id, company_id, street_id, city_id, accused_account_id) do update
    set callback = excluded.callback, disputed = excluded.disputed, waiting_resident = excluded.waiting_resident;
set local role gongzhi_owner;

-- check
select count(*) = 6
from pg_catalog.pg_attribute a
where a.attrelid in ('work_orders.figure_change'::pg_catalog.regclass, 'work_orders.figure_standing'::pg_catalog.regclass)
  and a.attname in ('callback', 'disputed', 'waiting_resident') and a.attnotnull

-- How long orders took, as bytes (queries-folding-times.ts): four for a code and how many, where an array had eight, so that who
-- reads gets them as they lie and PostgreSQL takes none of them into its hands. Each row is written anew: docs/simulated-city.md says how long.
create function work_orders.times_in_bytes(times bigint[]) returns bytea language sql immutable strict as $$
  select coalesce(string_agg(case when abs(e.n) <= 524287 then int4send((e.code << 20)::integer + e.n::integer)
      else (select string_agg(int4send((e.code << 20)::integer + (sign(e.n) * least(524287, abs(e.n) - p.at))::integer), '')
        from generate_series(0, abs(e.n) - 1, 524287) p (at)) end, '' order by e.code), '')
  from (select v.value - (((v.value + 2147483648) >> 32) << 32) as n, (v.value + 2147483648) >> 32 as code from unnest($1) v (value)) e
$$;
alter table work_orders.figure_time alter column times type bytea using work_orders.times_in_bytes(times);
alter table work_orders.figure_worker_time alter column times type bytea using work_orders.times_in_bytes(times);
drop function work_orders.times_in_bytes;

-- check
select count(*) = 2 and bool_and(a.atttypid = 'bytea'::pg_catalog.regtype)
from pg_catalog.pg_attribute a
where a.attname = 'times' and a.attrelid in ('work_orders.figure_time'::pg_catalog.regclass, 'work_orders.figure_worker_time'::pg_catalog.regclass)

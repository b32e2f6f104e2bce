-- Which days have a table of passages: the worker opens those to come and drops what is past its time.
create function access.kept_days() returns setof date language sql stable security definer set search_path = '' as $$
  select pg_catalog.to_date(pg_catalog.substr(c.relname, 9), 'YYYYMMDD')
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'access_days' and c.relkind = 'r' and c.relname ~ '^passage_[0-9]{8}$'
$$;
revoke all on function access.kept_days() from public;
grant execute on function access.kept_days() to gongzhi_worker;

-- A number said again is found by the number alone. A day's table begins empty, and whatever index a plan takes then it keeps:
-- with the gate in front there were two to choose from, and the wrong one reads all of a gate's day for each.
drop index access.passage_said;
create index passage_said on access.passage (passage_id);

-- check
select pg_catalog.has_function_privilege('gongzhi_worker', 'access.kept_days()', 'execute')
  and not pg_catalog.has_function_privilege('gongzhi_app', 'access.kept_days()', 'execute')

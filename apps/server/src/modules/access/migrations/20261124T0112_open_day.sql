-- Of two that make a day's table at once the second found it only by luck: what to_regclass has once not found it remembers, and
-- waiting for an advisory lock doesn't make it look again. A query does.
create or replace function access.open_day(day date) returns void language plpgsql security definer set search_path = '' as $$
declare
  name text := 'passage_' || pg_catalog.to_char(day, 'YYYYMMDD');
begin
  -- A device's clock cannot fill the database with tables.
  if day < date '2020-01-01' or day > date '2100-01-01' then
    raise exception 'no such day';
  end if;
  if pg_catalog.to_regclass('access_days.' || name) is not null then return; end if;
  perform pg_catalog.pg_advisory_xact_lock(7116402);
  if exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'access_days' and c.relname = name) then return; end if;
  execute pg_catalog.format('create table access_days.%I (like access.passage including defaults including constraints)', name);
  execute pg_catalog.format('alter table access_days.%I enable row level security, force row level security', name);
  execute pg_catalog.format(
    'alter table access.passage attach partition access_days.%I for values from (%L) to (%L)',
    name, day::pg_catalog.timestamp at time zone 'UTC', (day + 1)::pg_catalog.timestamp at time zone 'UTC');
end $$;

-- check
select p.prosecdef and p.prosrc like '%pg_class%' from pg_catalog.pg_proc p where p.oid = 'access.open_day(date)'::pg_catalog.regprocedure

-- The functions of the wall are put in place into every statement, which is right for reading many rows and dear for
-- writing one: the expression is set up anew for each policy of each statement, and for a row that is written by its
-- key that is half of all it costs (a step of a payment: 127 µs, 66 µs this way). What is written is asked about by a function
-- that is called: its expression, the same one, is set up once a transaction.
create function platform.staff_writes(scope uuid, city uuid, street uuid, company uuid)
returns boolean language plpgsql stable parallel safe cost 10 as $$
begin
  return platform.staff_reach(scope, city, street, company);
end $$;

create function platform.common_writes(scope uuid, city uuid, street uuid, company uuid)
returns boolean language plpgsql stable parallel safe cost 10 as $$
begin
  return platform.common_reach(scope, city, street, company);
end $$;

create function platform.matter_writes(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean)
returns boolean language plpgsql stable parallel safe cost 10 as $$
begin
  return platform.matter_reach(scope, city, street, company, household, reporter, is_public);
end $$;

create function platform.matter_writes(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean, matter uuid)
returns boolean language plpgsql stable parallel safe cost 10 as $$
begin
  return platform.matter_reach(scope, city, street, company, household, reporter, is_public, matter);
end $$;

-- Every policy of a write that stands until now; what comes later names them itself (guards/schema.test.ts).
do $do$
declare
  found record;
  reach constant text := 'platform\.(staff|common|matter)_reach\(';
begin
  for found in
    select schemaname, tablename, policyname, qual, with_check from pg_catalog.pg_policies
    where cmd in ('INSERT', 'UPDATE') and pg_catalog.concat(qual, ' ', with_check) ~ reach
  loop
    execute pg_catalog.format('alter policy %I on %I.%I', found.policyname, found.schemaname, found.tablename)
      || case when found.qual is null then '' else ' using (' || pg_catalog.regexp_replace(found.qual, reach, 'platform.\1_writes(', 'g') || ')' end
      || case when found.with_check is null then ''
         else ' with check (' || pg_catalog.regexp_replace(found.with_check, reach, 'platform.\1_writes(', 'g') || ')' end;
  end loop;
end $do$;

-- check
select count(*) filter (where cmd in ('INSERT', 'UPDATE') and rule ~ 'platform\.\w+_reach\(') = 0
  and count(*) filter (where cmd in ('INSERT', 'UPDATE') and rule ~ '_writes\(') > 200
from (select cmd, pg_catalog.concat(qual, ' ', with_check) as rule from pg_catalog.pg_policies) written

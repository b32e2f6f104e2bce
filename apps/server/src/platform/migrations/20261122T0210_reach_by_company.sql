-- A department's people reach what belongs to their company. A compound that changes its company keeps its scope_id,
-- so the scope alone no longer says whose a row is: what the predecessor closed, and what it noted for itself, bears the
-- predecessor's company and stays out of the successor's reach, and the other way round. `app.region` holds the company
-- of a department's people; it is '' for committees and social workers, who watch over a compound whoever serves it.
create or replace function platform.staff_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (company is null or coalesce(current_setting('app.region', true), '') in ('', company::text))
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

create or replace function platform.common_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (company is null or coalesce(current_setting('app.region', true), '') in ('', company::text))
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

create or replace function platform.matter_reach(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (is_public or strpos(current_setting('app.households', true), household::text) > 0
        or reporter::text = current_setting('app.account', true))
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (company is null or coalesce(current_setting('app.region', true), '') in ('', company::text))
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

create or replace function platform.matter_reach(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean, matter uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (is_public or reporter::text = current_setting('app.account', true)
        or (strpos(current_setting('app.households', true), household::text) > 0
          and substr(current_setting('app.households', true),
            strpos(current_setting('app.households', true), household::text) + 37, 13) collate "C" <= matter::text))
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (company is null or coalesce(current_setting('app.region', true), '') in ('', company::text))
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

-- What is attached to a matter that passes over passes over with it.
grant insert, update (company_id) on platform.file to gongzhi_worker;

-- check
select count(*) = 4 from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'platform' and p.proname in ('staff_reach', 'common_reach', 'matter_reach')
  and p.prosrc like '%app.region%company::text)%'

-- A department's people look over fifty compounds and more. To find a row's scope in one list of them cost 8 to 17
-- microseconds a row, nearly all of what a list or a figure over many orders took. So a transaction of many scopes states
-- them in sixteen lists besides, by the last hexadecimal digit of the id, and a row is looked up in the one it could be in:
-- a sixteenth of the work. `app.scopes` goes on holding all of them.
create or replace function platform.act(kind text, account text, membership text, scopes text, region text, households text)
returns void language plpgsql as $$
begin
  execute format(
    'set local app.kind = %L; set local app.account = %L; set local app.membership = %L; set local app.scopes = %L; set local app.region = %L; set local app.households = %L; set local app.many = ''''',
    kind, account, membership, scopes, region, households);
end $$;

create function platform.act(kind text, account text, membership text, scopes text, region text, households text, lists text[])
returns void language plpgsql as $$
begin
  if pg_catalog.cardinality(lists) is distinct from 16 then raise exception 'the scopes must be stated in sixteen lists'; end if;
  execute format(
    'set local app.kind = %L; set local app.account = %L; set local app.membership = %L; set local app.scopes = %L; set local app.region = %L; set local app.households = %L; set local app.many = ''t'''
      '; set local app.scopes_0 = %L; set local app.scopes_1 = %L; set local app.scopes_2 = %L; set local app.scopes_3 = %L'
      '; set local app.scopes_4 = %L; set local app.scopes_5 = %L; set local app.scopes_6 = %L; set local app.scopes_7 = %L'
      '; set local app.scopes_8 = %L; set local app.scopes_9 = %L; set local app.scopes_10 = %L; set local app.scopes_11 = %L'
      '; set local app.scopes_12 = %L; set local app.scopes_13 = %L; set local app.scopes_14 = %L; set local app.scopes_15 = %L',
    kind, account, membership, scopes, region, households,
    lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], lists[7], lists[8],
    lists[9], lists[10], lists[11], lists[12], lists[13], lists[14], lists[15], lists[16]);
end $$;

-- Whether the transaction was stated for this scope. Both ways are the same list of the same ids.
create function platform.states_scope(scope uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.many', true)
    when 't' then strpos(current_setting('app.scopes_' || (get_byte(uuid_send(scope), 15) & 15)::text, true), scope::text) > 0
    else strpos(current_setting('app.scopes', true), scope::text) > 0
  end
$$;

create or replace function platform.staff_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'scope' then platform.states_scope(scope)
      and (company is null or company::text = current_setting('app.region', true) or coalesce(current_setting('app.region', true), '') = '')
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

create or replace function platform.common_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then platform.states_scope(scope)
    when 'scope' then platform.states_scope(scope)
      and (company is null or company::text = current_setting('app.region', true) or coalesce(current_setting('app.region', true), '') = '')
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
    when 'resident' then platform.states_scope(scope)
      and (is_public or strpos(current_setting('app.households', true), household::text) > 0
        or reporter::text = current_setting('app.account', true))
    when 'scope' then platform.states_scope(scope)
      and (company is null or company::text = current_setting('app.region', true) or coalesce(current_setting('app.region', true), '') = '')
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
    when 'resident' then platform.states_scope(scope)
      and (is_public or reporter::text = current_setting('app.account', true)
        or (strpos(current_setting('app.households', true), household::text) > 0
          and substr(current_setting('app.households', true),
            strpos(current_setting('app.households', true), household::text) + 37, 13) collate "C" <= matter::text))
    when 'scope' then platform.states_scope(scope)
      and (company is null or company::text = current_setting('app.region', true) or coalesce(current_setting('app.region', true), '') = '')
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

-- check
select count(*) = 4 from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'platform' and p.proname in ('staff_reach', 'common_reach', 'matter_reach')
  and p.prosrc like '%platform.states_scope(scope)%'

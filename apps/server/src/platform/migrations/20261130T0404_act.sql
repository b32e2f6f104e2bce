-- States who acts, for this transaction only. Every transaction and every packet of reads begins with it, and seven statements
-- parsed anew were most of what it took. SET LOCAL reaches the shards of a distributed database, which set_config() does not:
-- only there is it still said in statements.
create or replace function platform.act(kind text, account text, membership text, scopes text, region text, households text)
returns void language plpgsql as $$
declare done text;
begin
  if pg_catalog.to_regclass('pg_catalog.pg_dist_partition') is null then
    done := pg_catalog.set_config('app.kind', kind, true);
    done := pg_catalog.set_config('app.account', account, true);
    done := pg_catalog.set_config('app.membership', membership, true);
    done := pg_catalog.set_config('app.scopes', scopes, true);
    done := pg_catalog.set_config('app.region', region, true);
    done := pg_catalog.set_config('app.households', households, true);
    done := pg_catalog.set_config('app.many', '', true);
  else
    execute format(
      'set local app.kind = %L; set local app.account = %L; set local app.membership = %L; set local app.scopes = %L; set local app.region = %L; set local app.households = %L; set local app.many = ''''',
      kind, account, membership, scopes, region, households);
  end if;
end $$;

create or replace function platform.act(kind text, account text, membership text, scopes text, region text, households text, lists text[])
returns void language plpgsql as $$
declare done text;
begin
  if pg_catalog.cardinality(lists) is distinct from 16 then raise exception 'the scopes must be stated in sixteen lists'; end if;
  if pg_catalog.to_regclass('pg_catalog.pg_dist_partition') is null then
    done := pg_catalog.set_config('app.kind', kind, true);
    done := pg_catalog.set_config('app.account', account, true);
    done := pg_catalog.set_config('app.membership', membership, true);
    done := pg_catalog.set_config('app.scopes', scopes, true);
    done := pg_catalog.set_config('app.region', region, true);
    done := pg_catalog.set_config('app.households', households, true);
    done := pg_catalog.set_config('app.many', 't', true);
    done := pg_catalog.set_config('app.scopes_0', lists[1], true);
    done := pg_catalog.set_config('app.scopes_1', lists[2], true);
    done := pg_catalog.set_config('app.scopes_2', lists[3], true);
    done := pg_catalog.set_config('app.scopes_3', lists[4], true);
    done := pg_catalog.set_config('app.scopes_4', lists[5], true);
    done := pg_catalog.set_config('app.scopes_5', lists[6], true);
    done := pg_catalog.set_config('app.scopes_6', lists[7], true);
    done := pg_catalog.set_config('app.scopes_7', lists[8], true);
    done := pg_catalog.set_config('app.scopes_8', lists[9], true);
    done := pg_catalog.set_config('app.scopes_9', lists[10], true);
    done := pg_catalog.set_config('app.scopes_10', lists[11], true);
    done := pg_catalog.set_config('app.scopes_11', lists[12], true);
    done := pg_catalog.set_config('app.scopes_12', lists[13], true);
    done := pg_catalog.set_config('app.scopes_13', lists[14], true);
    done := pg_catalog.set_config('app.scopes_14', lists[15], true);
    done := pg_catalog.set_config('app.scopes_15', lists[16], true);
  else
    execute format(
      'set local app.kind = %L; set local app.account = %L; set local app.membership = %L; set local app.scopes = %L; set local app.region = %L; set local app.households = %L; set local app.many = ''t'''
        '; set local app.scopes_0 = %L; set local app.scopes_1 = %L; set local app.scopes_2 = %L; set local app.scopes_3 = %L'
        '; set local app.scopes_4 = %L; set local app.scopes_5 = %L; set local app.scopes_6 = %L; set local app.scopes_7 = %L'
        '; set local app.scopes_8 = %L; set local app.scopes_9 = %L; set local app.scopes_10 = %L; set local app.scopes_11 = %L'
        '; set local app.scopes_12 = %L; set local app.scopes_13 = %L; set local app.scopes_14 = %L; set local app.scopes_15 = %L',
      kind, account, membership, scopes, region, households,
      lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], lists[7], lists[8],
      lists[9], lists[10], lists[11], lists[12], lists[13], lists[14], lists[15], lists[16]);
  end if;
end $$;

-- check
select bool_and(pg_catalog.strpos(p.prosrc, 'set_config') > 0 and pg_catalog.strpos(p.prosrc, 'set local') > 0) and count(*) = 2
from pg_catalog.pg_proc p where p.pronamespace = 'platform'::pg_catalog.regnamespace and p.proname = 'act'

-- Whoever lives there opens the compound's gates and the doors of their own building. Passes given before this had none
-- named, which is every door; the owner is held by the wall, too, for this one correction it is not.
alter table access.pass no force row level security;
update access.pass set building_ids = array[home_building_id], version = version + 1, updated_at = now()
  where kind in ('resident', 'family', 'tenant', 'minor', 'card') and building_ids is null and home_building_id is not null
    and status <> 'revoked';
alter table access.pass force row level security;

-- check
select (select relforcerowsecurity from pg_catalog.pg_class where oid = 'access.pass'::regclass)
  and not exists (select from access.pass where kind in ('resident', 'family', 'tenant') and building_ids is null
    and home_building_id is not null and status <> 'revoked')

-- A measure of a whole community or a whole street: one row, one document, in the scope of who orders it. What stands at a
-- gate is asked for by the ids of its compound, its community and its street.
alter table access.policy add column reach text not null default 'compound';
alter table access.policy add constraint policy_reach check (reach in ('compound', 'community', 'street'));
alter table access.policy add constraint policy_reach_building check (reach = 'compound' or building_id is null);
alter table access.policy_version add column reach text not null default 'compound';
alter table access.policy_version add constraint policy_version_reach check (reach in ('compound', 'community', 'street'));

-- It binds everybody who lives and works there, so they may read it: the property company's people too, whose wall it is not.
drop policy policy_app_read on access.policy;
create policy policy_app_read on access.policy for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id)
    or (reach <> 'compound' and current_setting('app.kind', true) in ('resident', 'scope', 'company', 'street', 'city')));
drop policy policy_version_app_read on access.policy_version;
create policy policy_version_app_read on access.policy_version for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id)
    or (reach <> 'compound' and current_setting('app.kind', true) in ('resident', 'scope', 'company', 'street', 'city')));

-- A notice of isolation may stand under the street's measure, which lies in another scope.
alter table access.list_entry drop constraint list_entry_policy_fk;

-- check
select count(*) = 2 from pg_catalog.pg_attribute a
where a.attrelid in ('access.policy'::pg_catalog.regclass, 'access.policy_version'::pg_catalog.regclass) and a.attname = 'reach'

-- A measure of a street or a community is read by whoever lives or works in a place it binds, and by nobody of another street.
create function access.binds_reader(ordered_in uuid)
returns boolean language sql stable cost 1000 as $$
  select exists (select from places.scope s
    where (s.street_id = ordered_in or s.community_id = ordered_in)
      and platform.common_reach(s.scope_id, s.city_id, s.street_id, s.company_id))
$$;

drop policy policy_app_read on access.policy;
create policy policy_app_read on access.policy for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id) or (reach <> 'compound' and access.binds_reader(scope_id)));
drop policy policy_version_app_read on access.policy_version;
create policy policy_version_app_read on access.policy_version for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id) or (reach <> 'compound' and access.binds_reader(scope_id)));

-- check
select count(*) = 2 from pg_catalog.pg_policies p
where p.schemaname = 'access' and p.policyname in ('policy_app_read', 'policy_version_app_read') and p.qual like '%binds_reader%'

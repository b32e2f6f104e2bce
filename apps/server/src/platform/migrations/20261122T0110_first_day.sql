-- What belonging to a household reaches begins with its first day: the next tenant does not inherit the last one's
-- orders. app.households lists `id:time`, time being the first 13 characters of an id of that first moment. An id is
-- version 7 and tells when its matter began, so that an order, its steps, its timeline and its pictures are reached
-- together, whenever each row was written. Compared as bytes: a collation of words has its own view of hyphens.
create function platform.matter_reach(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean, matter uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (is_public or reporter::text = current_setting('app.account', true)
        or (strpos(current_setting('app.households', true), household::text) > 0
          and substr(current_setting('app.households', true),
            strpos(current_setting('app.households', true), household::text) + 37, 13) collate "C" <= matter::text))
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

alter policy file_app_read on platform.file
  using (uploaded_by = platform.account() or (attached_id is not null
    and (not is_internal or current_setting('app.kind', true) <> 'resident')
    and platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, attached_id)));

-- check
select qual like '%is_public, attached_id)%' from pg_policies where schemaname = 'platform' and policyname = 'file_app_read'

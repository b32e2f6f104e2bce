-- Organisations of the city are entered by the streets and the city themselves: units that own buildings, guards,
-- utilities, suppliers. Each has a scope of its own; who entered it stands beside it, for the wall.
alter table places.organisation add column city_id uuid, add column street_id uuid;
alter table places.organisation drop constraint organisation_kind;
alter table places.organisation add constraint organisation_kind check (kind in
  ('property_company', 'project_department', 'residents_committee', 'street_office', 'city_government',
   'property_right_unit', 'security_company', 'utility_company', 'supplier'));
create policy organisation_app_add on places.organisation for insert to gongzhi_app
  with check (current_setting('app.kind', true) in ('city', 'street')
    and platform.staff_reach(scope_id, city_id, street_id, null::uuid));
alter policy scope_app_add on places.scope
  with check (kind in ('district', 'street', 'community', 'compound', 'organisation')
    and current_setting('app.kind', true) in ('city', 'street')
    and platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert on places.organisation to gongzhi_app;

-- check
select has_table_privilege('gongzhi_app', 'places.organisation', 'insert')

-- A developer pays for homes until they are handed over: an organisation of the city like those that own buildings.
alter table places.organisation drop constraint organisation_kind;
alter table places.organisation add constraint organisation_kind check (kind in
  ('property_company', 'project_department', 'residents_committee', 'street_office', 'city_government',
   'property_right_unit', 'security_company', 'utility_company', 'supplier', 'developer'));

-- check
select pg_get_constraintdef(c.oid) like '%developer%' from pg_catalog.pg_constraint c where c.conname = 'organisation_kind'

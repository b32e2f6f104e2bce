-- Where a building stands, in degrees of WGS 84: what people who go there are sent by, and what the city's other systems
-- name a place with. A compound's own point is its main gate. Unknown until somebody says it.
alter table places.building
  add column latitude double precision,
  add column longitude double precision,
  add constraint building_point check (
    (latitude is null) = (longitude is null)
    and (latitude is null or (latitude between -90 and 90 and longitude between -180 and 180)));
alter table places.scope
  add column latitude double precision,
  add column longitude double precision,
  add constraint scope_point check (
    (latitude is null) = (longitude is null)
    and (latitude is null or (latitude between -90 and 90 and longitude between -180 and 180)));

-- check
select count(*) = 2 from pg_catalog.pg_constraint where conname in ('building_point', 'scope_point')

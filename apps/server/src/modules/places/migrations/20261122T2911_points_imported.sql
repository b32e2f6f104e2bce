-- Lists of compounds and buildings say where they stand.
grant update (latitude, longitude) on places.building to gongzhi_app;
grant update (latitude, longitude) on places.scope to gongzhi_app;

-- check
select has_column_privilege('gongzhi_app', 'places.building', 'latitude', 'update')
  and has_column_privilege('gongzhi_app', 'places.scope', 'longitude', 'update')

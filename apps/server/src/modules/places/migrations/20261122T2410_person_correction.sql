-- A name or phone that was entered wrongly is put right; of two desks at one person the second is told. The parts of
-- the old name go with the sweep that indexes people anew: the app deletes nothing.
alter table places.person add column version integer not null default 1;
grant update (name_cipher, name_masked, name_index, index_version, version) on places.person to gongzhi_app;

-- check
select pg_catalog.has_column_privilege('gongzhi_app', 'places.person', 'version', 'update')
  and not pg_catalog.has_column_privilege('gongzhi_app', 'places.person', 'account_id', 'update')

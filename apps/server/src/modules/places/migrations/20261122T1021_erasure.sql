-- A person is erased: marked by the command, behind which nobody sees the person from that moment on, and emptied by the
-- worker. The policies for changing a person are those of 20261122T0310 (staff) and 20261122T0211 (worker).
grant update (erased_at) on places.person to gongzhi_app;

-- check
select has_column_privilege('gongzhi_app', 'places.person', 'erased_at', 'update')
  and not has_column_privilege('gongzhi_app', 'places.person', 'name_cipher', 'update')

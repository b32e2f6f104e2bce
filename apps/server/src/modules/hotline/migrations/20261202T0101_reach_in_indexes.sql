-- To whom a case was given stands in the indexes that lists and rates go by, so that a street's or a department's are found
-- among a whole city's without reading what is others'. What an index holds beyond its order, counting needs: months of a
-- city are counted from the indexes alone. None holds a status, nor who leads: signing writes none of them. Who was called in
-- are fifty at most, so that a row fits. What they stand in for is dropped by itself (T0103), and callbacks are by themselves (T0104): a
-- transaction that made an index and then asked for a table alone would wait for who waits for it.
create index hotline_case_reported on hotline.hotline_case
  (scope_id, received_at, case_id, street_id, company_id, community_id, compound_id, place_scope_id)
  include (city_id, joint_ids, outcome);

-- The closed ones too: whoever asks for no queue gets all by whose share ran out first.
create index hotline_case_due on hotline.hotline_case
  (scope_id, is_open, holder_due_at, case_id, street_id, company_id, community_id, compound_id);

create index hotline_case_replied on hotline.hotline_case
  (scope_id, replied_at, case_id, street_id, company_id, community_id, compound_id)
  include (city_id, joint_ids) where replied_at is not null;

-- What few are: somebody was called in, an exclusion waits for its second person.
create index hotline_case_joint on hotline.hotline_case (scope_id, received_at, case_id) where joint_ids <> '{}';
create index hotline_case_asked on hotline.hotline_case (scope_id, holder_due_at, case_id) where exclusion = 'asked';

-- check
select count(*) = 5 from pg_catalog.pg_class c
where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname in ('hotline_case_reported', 'hotline_case_due',
  'hotline_case_replied', 'hotline_case_joint', 'hotline_case_asked')

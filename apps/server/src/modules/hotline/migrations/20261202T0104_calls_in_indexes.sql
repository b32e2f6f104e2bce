-- The same of callbacks (T0101): a month's rates are counted from the index alone.
create index callback_made on hotline.callback
  (scope_id, called_at, case_id, round, street_id, company_id, community_id, compound_id)
  include (city_id, joint_ids, unit_id, is_valid, is_excluded, was_contacted, is_solved, satisfaction);
create index callback_joint on hotline.callback (scope_id, called_at, case_id, round) where joint_ids <> '{}';

-- check
select count(*) = 2 from pg_catalog.pg_class c
where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname in ('callback_made', 'callback_joint')

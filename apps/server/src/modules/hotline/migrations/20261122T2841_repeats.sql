-- Further calls about a matter are found by the first.
create index hotline_case_repeat_of on hotline.hotline_case (scope_id, repeat_of_id) where repeat_of_id is not null;

-- check
select exists (select from pg_catalog.pg_class c where c.relname = 'hotline_case_repeat_of')

-- A desk has a hundred cases in a city's ninety thousand: they are read by their compounds, not by walking through an index
-- of all. Cases are a hundredth of a city's orders; each change of one that moves a deadline writes this index as well.
create index hotline_case_compound on hotline.hotline_case (scope_id, compound_id, received_at, case_id) where compound_id is not null;

-- check
select count(*) = 1 from pg_catalog.pg_class c
where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname = 'hotline_case_compound'

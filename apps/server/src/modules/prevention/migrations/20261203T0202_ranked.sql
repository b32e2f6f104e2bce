-- A page of projects, what stands out first and then what was decided last, without sorting all of a city's: in the order, and
-- under the words, that queries.ts asks for. What a sum of them tells lies beside it, so that it is counted from the index alone.
create index project_city_ranked on prevention.project
  (city_id, (case state when 'proposed' then strength else -1000 end) desc, project_id desc)
  include (scope_id, street_id, company_id, state, strength);
create index project_street_ranked on prevention.project
  (street_id, (case state when 'proposed' then strength else -1000 end) desc, project_id desc)
  include (scope_id, city_id, company_id, state, strength);
create index project_company_ranked on prevention.project
  (company_id, (case state when 'proposed' then strength else -1000 end) desc, project_id desc)
  include (scope_id, city_id, street_id, state, strength);
-- What was measured: few of all there are.
create index project_measured on prevention.project (scope_id, project_id) where effect is not null;

-- check
select count(*) = 4 from pg_catalog.pg_indexes i where i.schemaname = 'prevention'
  and (i.indexname like 'project\_%\_ranked' or i.indexname = 'project_measured')

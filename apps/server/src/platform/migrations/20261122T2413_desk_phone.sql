-- A department says for its compounds, and a company for all it serves, at which number its desk is called. It is the
-- one setting that is written from a page; all others are the operator's.
create policy setting_app_add on platform.setting for insert to gongzhi_app
  with check (key = 'desk.phone' and case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope_id::text) > 0
    when 'company' then scope_id::text = current_setting('app.region', true)
    else false end);
create policy setting_app_change on platform.setting for update to gongzhi_app
  using (key = 'desk.phone' and case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope_id::text) > 0
    when 'company' then scope_id::text = current_setting('app.region', true)
    else false end)
  with check (key = 'desk.phone' and case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope_id::text) > 0
    when 'company' then scope_id::text = current_setting('app.region', true)
    else false end);
grant insert, update (value, source) on platform.setting to gongzhi_app;

-- check
select pg_catalog.has_table_privilege('gongzhi_app', 'platform.setting', 'insert')
  and not pg_catalog.has_column_privilege('gongzhi_app', 'platform.setting', 'key', 'update')

-- A household's orders are its people's from their first day on (platform.matter_reach with the matter's id).
alter policy work_order_app_read on work_orders.work_order
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, work_order_id));
alter policy work_order_app_add on work_orders.work_order
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
alter policy work_order_app_change on work_orders.work_order
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));

alter policy step_app_read on work_orders.step
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, work_order_id));
alter policy step_app_add on work_orders.step
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));
alter policy step_app_change on work_orders.step
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));

alter policy event_app_read on work_orders.event
  using ((not is_internal or current_setting('app.kind', true) <> 'resident')
    and platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, work_order_id));
alter policy event_app_write on work_orders.event
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id));

-- check
select count(*) = 8 and bool_and(coalesce(qual, with_check) like '%work_order_id)%') from pg_policies
where schemaname = 'work_orders' and tablename in ('work_order', 'step', 'event') and policyname like '%\_app\_%'
  and policyname <> 'event_app_hide'

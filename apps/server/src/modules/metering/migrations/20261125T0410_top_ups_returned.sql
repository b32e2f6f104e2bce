-- Money that never reached its meter goes back to whoever paid it: by people, who refund it.
alter table metering.top_up drop constraint top_up_state;
alter table metering.top_up add constraint top_up_state check (state in ('waiting', 'sent', 'confirmed', 'failed', 'returned'));
create index top_up_payment on metering.top_up (scope_id, payment_id);

create policy top_up_app_change on metering.top_up for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant update (state, purchase, ended_at, error) on metering.top_up to gongzhi_app;

-- check
select count(*) = 1 from pg_catalog.pg_policy p
where p.polrelid = 'metering.top_up'::pg_catalog.regclass and p.polname = 'top_up_app_change'

-- Around what billing keeps: who reads it, who adds to it, and what is never changed.

-- Prices are told to everybody of the compound.
alter table billing.tariff enable row level security, force row level security;
create policy tariff_app_read on billing.tariff for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy tariff_app_add on billing.tariff for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy tariff_worker on billing.tariff for select to gongzhi_worker using (true);

-- Whose money it is, and who collects it: a street and a city see totals and no household.
alter table billing.agreement enable row level security, force row level security;
create policy agreement_app_read on billing.agreement for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy agreement_app_add on billing.agreement for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy agreement_app_change on billing.agreement for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy agreement_worker on billing.agreement for select to gongzhi_worker using (true);

alter table billing.payer enable row level security, force row level security;
create policy payer_app_read on billing.payer for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy payer_app_add on billing.payer for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy payer_app_change on billing.payer for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy payer_worker on billing.payer for select to gongzhi_worker using (true);

alter table billing.shared_cost enable row level security, force row level security;
create policy shared_cost_app_read on billing.shared_cost for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy shared_cost_app_add on billing.shared_cost for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy shared_cost_worker on billing.shared_cost for select to gongzhi_worker using (true);

alter table billing.run enable row level security, force row level security;
create policy run_app_read on billing.run for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy run_app_add on billing.run for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy run_app_change on billing.run for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy run_worker on billing.run for select to gongzhi_worker using (true);
create policy run_worker_change on billing.run for update to gongzhi_worker using (true) with check (true);

alter table billing.run_line enable row level security, force row level security;
create policy run_line_app_read on billing.run_line for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy run_line_worker on billing.run_line for select to gongzhi_worker using (true);
create policy run_line_worker_add on billing.run_line for insert to gongzhi_worker with check (true);
create policy run_line_worker_drop on billing.run_line for delete to gongzhi_worker using (true);
alter table billing.run_exception enable row level security, force row level security;
create policy run_exception_app_read on billing.run_exception for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy run_exception_worker on billing.run_exception for select to gongzhi_worker using (true);
create policy run_exception_worker_add on billing.run_exception for insert to gongzhi_worker with check (true);
create policy run_exception_worker_drop on billing.run_exception for delete to gongzhi_worker using (true);

-- A home's own, from its people's first day there on; what a developer or a unit pays of it is not the home's.
alter table billing.bill enable row level security, force row level security;
create policy bill_app_read on billing.bill for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident')
    and (party_id is null or current_setting('app.kind', true) <> 'resident'));
create policy bill_app_add on billing.bill for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy bill_worker on billing.bill for select to gongzhi_worker using (true);
create policy bill_worker_add on billing.bill for insert to gongzhi_worker with check (true);

alter table billing.bill_line enable row level security, force row level security;
create policy bill_line_app_read on billing.bill_line for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident')
    and (party_id is null or current_setting('app.kind', true) <> 'resident'));
create policy bill_line_app_add on billing.bill_line for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy bill_line_app_change on billing.bill_line for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id));
create policy bill_line_worker on billing.bill_line for select to gongzhi_worker using (true);
create policy bill_line_worker_add on billing.bill_line for insert to gongzhi_worker with check (true);
create policy bill_line_worker_change on billing.bill_line for update to gongzhi_worker using (true) with check (true);

alter table billing.settlement enable row level security, force row level security;
create policy settlement_app_read on billing.settlement for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy settlement_app_add on billing.settlement for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, bill_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy settlement_worker on billing.settlement for select to gongzhi_worker using (true);
create policy settlement_worker_add on billing.settlement for insert to gongzhi_worker with check (true);

alter table billing.arrears enable row level security, force row level security;
create policy arrears_app_read on billing.arrears for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy arrears_app_add on billing.arrears for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy arrears_app_change on billing.arrears for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy arrears_worker on billing.arrears for select to gongzhi_worker using (true);
create policy arrears_worker_add on billing.arrears for insert to gongzhi_worker with check (true);
create policy arrears_worker_change on billing.arrears for update to gongzhi_worker using (true) with check (true);

alter table billing.arrears_note enable row level security, force row level security;
create policy arrears_note_app_read on billing.arrears_note for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy arrears_note_app_add on billing.arrears_note for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));

alter table billing.reminder enable row level security, force row level security;
create policy reminder_app_read on billing.reminder for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, reminder_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy reminder_app_change on billing.reminder for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy reminder_worker on billing.reminder for select to gongzhi_worker using (true);
create policy reminder_worker_add on billing.reminder for insert to gongzhi_worker with check (true);

alter table billing.month_total enable row level security, force row level security;
create policy month_total_app_read on billing.month_total for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy month_total_worker on billing.month_total for select to gongzhi_worker using (true);
create policy month_total_worker_add on billing.month_total for insert to gongzhi_worker with check (true);
create policy month_total_worker_change on billing.month_total for update to gongzhi_worker using (true) with check (true);

grant select, insert on billing.tariff, billing.shared_cost, billing.bill, billing.settlement, billing.arrears_note to gongzhi_app;
grant select, insert, update on billing.agreement, billing.payer, billing.run, billing.arrears to gongzhi_app;
grant select on billing.run_line, billing.run_exception, billing.month_total, billing.reminder to gongzhi_app;
grant select, insert on billing.bill_line to gongzhi_app;
grant update (settled_fen, voided_at, voided_by, voided_by_name, void_reason) on billing.bill_line to gongzhi_app, gongzhi_worker;
grant update (printed_at) on billing.reminder to gongzhi_app;
grant select on billing.tariff, billing.agreement, billing.payer, billing.shared_cost to gongzhi_worker;
grant select, update on billing.run to gongzhi_worker;
grant select, insert, delete on billing.run_line, billing.run_exception to gongzhi_worker;
grant select, insert on billing.bill, billing.bill_line, billing.settlement, billing.reminder to gongzhi_worker;
grant select, insert, update on billing.arrears, billing.month_total to gongzhi_worker;
grant select, insert, update, delete on all tables in schema billing to gongzhi_loader;

-- check
select count(*) = 14 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'billing'::pg_catalog.regnamespace and c.relkind = 'r'

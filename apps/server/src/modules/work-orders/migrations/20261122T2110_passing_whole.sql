-- What belongs to an open order goes with it to the compound's next company (queries-passing.ts).
create policy charge_worker_pass on work_orders.charge for update to gongzhi_worker using (true) with check (true);
create policy charge_line_worker_pass on work_orders.charge_line for update to gongzhi_worker using (true) with check (true);
create policy charge_entry_worker_pass on work_orders.charge_entry for update to gongzhi_worker using (true) with check (true);
create policy visit_worker_pass on work_orders.visit for update to gongzhi_worker using (true) with check (true);
create policy part_worker_pass on work_orders.part for update to gongzhi_worker using (true) with check (true);
create policy follower_worker_pass on work_orders.follower for update to gongzhi_worker using (true) with check (true);
create policy slip_worker_pass on work_orders.slip for update to gongzhi_worker using (true) with check (true);
create policy callback_worker_pass on work_orders.callback for update to gongzhi_worker using (true) with check (true);
create policy crew_worker_pass on work_orders.crew for update to gongzhi_worker using (true) with check (true);
create policy contractor_link_worker_pass on work_orders.contractor_link for update to gongzhi_worker
  using (true) with check (true);
grant update (company_id) on work_orders.charge, work_orders.charge_line, work_orders.charge_entry, work_orders.visit,
  work_orders.part, work_orders.follower, work_orders.slip, work_orders.gram to gongzhi_worker;
grant update (company_id, claimed_until) on work_orders.callback to gongzhi_worker;
grant update (left_at) on work_orders.crew to gongzhi_worker;
grant update (revoked_at) on work_orders.contractor_link to gongzhi_worker;

-- check
select has_column_privilege('gongzhi_worker', 'work_orders.charge', 'company_id', 'update')
  and has_column_privilege('gongzhi_worker', 'work_orders.callback', 'claimed_until', 'update')

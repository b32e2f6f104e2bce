-- Open orders follow a compound to its new company.
grant update (company_id) on work_orders.event, work_orders.link to gongzhi_worker;
grant insert on work_orders.link to gongzhi_worker;
create policy link_worker_pass on work_orders.link for update to gongzhi_worker using (true) with check (true);
create policy link_worker_add on work_orders.link for insert to gongzhi_worker with check (true);

-- What a company left behind, newest first.
create index event_left on work_orders.event (company_id, event_id desc) where kind = 'work_order.left';

-- check
select has_column_privilege('gongzhi_worker', 'work_orders.event', 'company_id', 'update')

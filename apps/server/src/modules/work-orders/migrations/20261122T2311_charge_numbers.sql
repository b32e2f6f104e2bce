-- Which quotation was agreed to, and which fell due last: finished again after a reopening, nothing falls due twice.
alter table work_orders.work_order
  add column charge_no integer,
  add column charge_due_no integer,
  add constraint work_order_charge_no check (charge_no is null or charge_state = 'agreed');

-- check
select count(*) = 2 from information_schema.columns
where table_schema = 'work_orders' and table_name = 'work_order' and column_name in ('charge_no', 'charge_due_no')

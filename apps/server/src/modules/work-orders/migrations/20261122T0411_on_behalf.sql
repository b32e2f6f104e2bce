-- For whom somebody reported it, by consent: masked, as the name of who reported it is.
alter table work_orders.work_order add column on_behalf_of text;

-- check
select count(*) = 1 from information_schema.columns
where table_schema = 'work_orders' and table_name = 'work_order' and column_name = 'on_behalf_of'

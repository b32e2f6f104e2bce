-- Who said a price: what the list looked like on a day is asked for years later, when the account may be gone.
alter table work_orders.price add column written_name text;

-- check
select count(*) = 1 from information_schema.columns
where table_schema = 'work_orders' and table_name = 'price' and column_name = 'written_name'

-- Whose account is closed is not written to any more.
create policy message_address_worker_end on platform.message_address for delete to gongzhi_worker using (true);
grant delete on platform.message_address to gongzhi_worker;

-- check
select has_table_privilege('gongzhi_worker', 'platform.message_address', 'delete')

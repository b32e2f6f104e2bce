-- An account whose person was erased, and that is used nowhere else, is closed by the worker.
create policy password_worker_read on identity.password for select to gongzhi_worker using (true);
create policy password_worker_end on identity.password for delete to gongzhi_worker using (true);
grant select (account_id), delete on identity.password to gongzhi_worker;

-- check
select has_table_privilege('gongzhi_worker', 'identity.password', 'delete')
  and not has_column_privilege('gongzhi_worker', 'identity.password', 'hash', 'select')

-- Who moves in by command may sign in with their phone, and acts as a resident for as long as some relation holds: the
-- worker writes both when it reads the event.
create policy account_worker_add on identity.account for insert to gongzhi_worker with check (true);
create policy account_worker_change on identity.account for update to gongzhi_worker using (true) with check (true);
create policy phone_registry_worker_add on identity.phone_registry for insert to gongzhi_worker with check (true);
create policy phone_registry_worker_end on identity.phone_registry for delete to gongzhi_worker using (true);
create policy membership_worker_add on identity.membership for insert to gongzhi_worker with check (true);
create policy membership_worker_change on identity.membership for update to gongzhi_worker using (true) with check (true);
grant insert on identity.account, identity.phone_registry, identity.membership to gongzhi_worker;
grant update (display_name, phone_cipher, phone_masked, disabled_at) on identity.account to gongzhi_worker;
grant update (starts_on, ends_on) on identity.membership to gongzhi_worker;
grant delete on identity.phone_registry to gongzhi_worker;
-- An erased account has no phone.
alter table identity.account alter column phone_cipher drop not null,
  add constraint account_phone check (phone_cipher is not null or disabled_at is not null);

-- check
select count(*) = 4 from information_schema.role_table_grants
where table_schema = 'identity' and grantee = 'gongzhi_worker' and privilege_type in ('INSERT', 'DELETE')
  and table_name in ('account', 'phone_registry', 'membership')

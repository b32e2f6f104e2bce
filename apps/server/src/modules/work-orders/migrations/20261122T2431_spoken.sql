-- What was said at the door is no signature. Whoever signed or spoke is named as everywhere else, masked; once they are
-- erased, not at all.
alter table work_orders.charge_entry
  drop constraint charge_entry_how,
  drop constraint charge_entry_signed,
  add constraint charge_entry_how check (how in ('app', 'signature', 'spoken', 'call')),
  add constraint charge_entry_signed check (kind <> 'agreed' or how = 'app' or signer_name is not null);

-- The owner is held by the wall, too: for these two corrections of what was written before it is not.
alter table work_orders.charge_entry no force row level security;
update work_orders.charge_entry set how = 'spoken' where how = 'signature' and signature_file_id is null;
update work_orders.charge_entry e set signer_name = (
  select string_agg(left(word, 1) || repeat('*', greatest(1, length(word) - 1)), ' ' order by place)
  from regexp_split_to_table(btrim(e.signer_name), '\s+') with ordinality as words (word, place))
where btrim(e.signer_name) <> '';
alter table work_orders.charge_entry force row level security;

grant update (signer_name) on work_orders.charge_entry to gongzhi_worker;

-- check
select has_column_privilege('gongzhi_worker', 'work_orders.charge_entry', 'signer_name', 'update')
  and (select relforcerowsecurity from pg_catalog.pg_class where oid = 'work_orders.charge_entry'::regclass)

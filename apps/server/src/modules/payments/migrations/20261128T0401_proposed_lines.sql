-- A line of the bank's list that is proposed for a deposit is nobody else's until that is confirmed or turned down: one row says
-- so, whichever compound the deposits are of, and whoever proposes waits for it.
alter table payments.bank_line add column proposed_deposit_id uuid;

-- Row by row: the line lies with the company, the deposit with its compound. Of two that were proposed the earlier deposit keeps it.
do $$
declare
  proposed record;
begin
  for proposed in
    select d.company_id, d.deposit_id, d.proposed_line_id from payments.cash_deposit d
    where d.state = 'underway' and d.proposed_line_id is not null order by d.deposit_id
  loop
    update payments.bank_line b set proposed_deposit_id = proposed.deposit_id
    where b.scope_id = proposed.company_id and b.line_id = proposed.proposed_line_id and b.proposed_deposit_id is null
      and b.run_id is null and b.deposit_id is null and b.payment_id is null;
  end loop;
end
$$;

alter table payments.bank_line add constraint bank_line_proposed check (
  proposed_deposit_id is null
  or (run_id is null and payment_id is null and (deposit_id is null or deposit_id = proposed_deposit_id)));
grant update (proposed_deposit_id) on payments.bank_line to gongzhi_app;

-- check
select count(*) = 1 from pg_catalog.pg_constraint
where conrelid = 'payments.bank_line'::pg_catalog.regclass and conname = 'bank_line_proposed'

-- What was proposed before a line of the bank's list said so (0401) is held for its deposit too: the owner is held by the wall,
-- and saw none of it. Of two deposits that one line was proposed for, the earlier one keeps it.
alter table payments.cash_deposit no force row level security;
alter table payments.bank_line no force row level security;

-- Row by row: the line lies with the company, the deposit with its compound.
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

alter table payments.cash_deposit force row level security;
alter table payments.bank_line force row level security;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
where c.oid in ('payments.cash_deposit'::pg_catalog.regclass, 'payments.bank_line'::pg_catalog.regclass)

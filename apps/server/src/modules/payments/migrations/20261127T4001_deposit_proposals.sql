-- Money that moves on a person's word takes two: where the bank has another amount than was brought, and where cash never got
-- there and is back in the till, one proposes and another confirms.
alter table payments.cash_deposit
  add column proposal text,
  add column proposed_line_id uuid,
  add column proposed_fen bigint,
  add column proposed_by uuid,
  add column proposed_by_name text,
  add column proposed_at timestamptz;
alter table payments.cash_deposit
  add constraint cash_deposit_proposal check (proposal in ('arrive', 'give_back')),
  add constraint cash_deposit_proposed check (num_nulls(proposal, proposed_by, proposed_by_name, proposed_at) in (0, 4)
    and (proposal is not distinct from 'arrive') = (proposed_line_id is not null) and (proposed_line_id is null) = (proposed_fen is null)
    and (proposal is null or state in ('underway', 'arrived', 'returned')));
-- What was booked before by one stays as it was: the check binds what is written from here on.
alter table payments.cash_deposit
  add constraint cash_deposit_by_two check (
    state not in ('arrived', 'returned')
    or (state = 'arrived' and proposal is null and arrived_fen = amount_fen)
    or coalesce((state = 'returned') = (proposal = 'give_back') and bank_line_id is not distinct from proposed_line_id
      and arrived_fen is not distinct from proposed_fen and acted_by <> proposed_by and acted_by <> made_by, false)
  ) not valid;
grant update (proposal, proposed_line_id, proposed_fen, proposed_by, proposed_by_name, proposed_at) on payments.cash_deposit to gongzhi_app;

-- check
select count(*) = 3 from pg_catalog.pg_constraint
where conrelid = 'payments.cash_deposit'::pg_catalog.regclass
  and conname in ('cash_deposit_proposal', 'cash_deposit_proposed', 'cash_deposit_by_two')

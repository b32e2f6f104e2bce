-- The same rules, told more cheaply: a pattern that counts ({0,39}, {1,120}) is made into some hundred states anew for every
-- row, and six of them were half of what a posting cost. Length is counted beside them.
alter table ledger.posting
  drop constraint posting_key_form,
  drop constraint posting_debit,
  drop constraint posting_credit;
alter table ledger.posting
  add constraint posting_key_form check (length(key) <= 120 and key ~ '^[!-~]+$'),
  add constraint posting_debit check (debit ~ '^([a-z]+:[a-z0-9][a-z0-9._-]*|surcharge|suspense)$' and length(split_part(debit, ':', 2)) <= 40
    and (debit_of is not null) = (starts_with(debit, 'household:') or starts_with(debit, 'party:') or starts_with(debit, 'meter:'))),
  add constraint posting_credit check (credit ~ '^([a-z]+:[a-z0-9][a-z0-9._-]*|surcharge|suspense)$' and length(split_part(credit, ':', 2)) <= 40
    and (credit_of is not null) = (starts_with(credit, 'household:') or starts_with(credit, 'party:') or starts_with(credit, 'meter:')));

-- check
select count(*) = 3 from pg_constraint
where conrelid = 'ledger.posting'::regclass and contype = 'c' and convalidated and conname in ('posting_key_form', 'posting_debit', 'posting_credit')

-- The same rule once more: of two words and a pattern, the pattern that names the words too takes three times as long.
alter table ledger.posting
  drop constraint posting_debit,
  drop constraint posting_credit;
alter table ledger.posting
  add constraint posting_debit check ((debit in ('surcharge', 'suspense') or debit ~ '^[a-z]+:[a-z0-9][a-z0-9._-]*$') and length(split_part(debit, ':', 2)) <= 40
    and (debit_of is not null) = (starts_with(debit, 'household:') or starts_with(debit, 'party:') or starts_with(debit, 'meter:'))),
  add constraint posting_credit check ((credit in ('surcharge', 'suspense') or credit ~ '^[a-z]+:[a-z0-9][a-z0-9._-]*$') and length(split_part(credit, ':', 2)) <= 40
    and (credit_of is not null) = (starts_with(credit, 'household:') or starts_with(credit, 'party:') or starts_with(credit, 'meter:')));

-- check
select count(*) = 2 from pg_catalog.pg_constraint
where conrelid = 'ledger.posting'::pg_catalog.regclass and contype = 'c' and convalidated and conname in ('posting_debit', 'posting_credit')

-- What organisations owe of bills, payer by payer.
create index bill_line_party on billing.bill_line (scope_id, party_id, due_on, line_id)
  where party_id is not null and voided_at is null and settled_fen < amount_fen;
create index payer_party on billing.payer (company_id, party_id) where party_id is not null;

-- check
select count(*) = 2 from pg_catalog.pg_class where relname in ('bill_line_party', 'payer_party')

-- A payment is a household's or that of an organisation that pays a share of bills (a developer, a property-right unit); it
-- may have come as a transfer, found in the bank's list.
alter table payments.payment alter column household_id drop not null, add column party_id uuid, add column bank_account text;
alter table payments.payment
  drop constraint payment_way,
  add constraint payment_way check (way in ('wechat', 'alipay', 'cash', 'card', 'balance', 'transfer')),
  add constraint payment_payer check (num_nonnulls(household_id, party_id) = 1),
  add constraint payment_party_way check (party_id is null or way in ('cash', 'card', 'balance', 'transfer')),
  add constraint payment_transfer check ((way = 'transfer') = (bank_account is not null));
create index payment_party on payments.payment (scope_id, party_id, payment_id desc) where party_id is not null;
alter table payments.target alter column household_id drop not null;
alter table payments.step alter column household_id drop not null;
alter table payments.refund alter column household_id drop not null, add column party_id uuid;
alter table payments.refund add constraint refund_payer check (num_nonnulls(household_id, party_id) = 1);

-- check
select count(*) = 3 from pg_catalog.pg_constraint where conname in ('payment_payer', 'refund_payer', 'payment_transfer')

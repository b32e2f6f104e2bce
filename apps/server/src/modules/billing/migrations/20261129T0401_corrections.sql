-- What was billed is corrected as money goes back: one asks, another decides. Up to a dated amount one is enough, and then the
-- row says so.
create table billing.correction (
  scope_id uuid not null,
  correction_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  line_id uuid not null,
  household_id uuid not null,
  -- what was billed first, before anything was corrected: what a small difference counts from
  billed_fen bigint not null,
  -- what comes in the line's place; null: nothing
  amount_fen bigint,
  reason text not null,
  state text not null,
  is_alone boolean not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  replacement_id uuid,
  version integer not null,
  constraint correction_pk primary key (scope_id, correction_id),
  constraint correction_line_fk foreign key (scope_id, line_id) references billing.bill_line (scope_id, line_id),
  constraint correction_amount check (amount_fen > 0),
  constraint correction_state check (state in ('asked', 'declined', 'done')),
  constraint correction_decided check (num_nulls(decided_by, decided_by_name, decided_at) in (0, 3)
    and (decided_by is not null) = (state <> 'asked' and not is_alone)),
  constraint correction_second_person check (decided_by <> asked_by),
  constraint correction_alone check (not is_alone or (state = 'done' and amount_fen is not null)),
  constraint correction_replaced check ((replacement_id is not null) = (state = 'done' and amount_fen is not null))
);
-- One at a time of a line.
create unique index correction_open on billing.correction (scope_id, line_id) where state = 'asked';
create index correction_household on billing.correction (scope_id, household_id, correction_id desc);
create index correction_line on billing.correction (scope_id, line_id);

alter table billing.correction enable row level security, force row level security;
create policy correction_app_read on billing.correction for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy correction_app_add on billing.correction for insert to gongzhi_app
  with check (platform.staff_writes(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy correction_app_change on billing.correction for update to gongzhi_app
  using (platform.staff_writes(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_writes(scope_id, city_id, street_id, company_id));
grant select, insert on billing.correction to gongzhi_app;
grant update (state, decided_by, decided_by_name, decided_at, replacement_id, version) on billing.correction to gongzhi_app;
grant select, insert, update, delete on billing.correction to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'billing.correction'::pg_catalog.regclass

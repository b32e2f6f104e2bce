-- What the desk's decisions have taught about a city's words: a linear model over hashed groups of characters, a row a version.
-- No word of anybody's stands in it: the groups are hashed, and what only one report said is left out.
create table work_orders.triage_model (
  scope_id uuid not null,
  answers text not null,
  version integer not null,
  -- examples it was made of, and the newest order among them
  taught integer not null,
  newest_order_id uuid not null,
  -- labels, steps, bias and sigmoid; rarity and weights as bytes, deflated
  model jsonb not null,
  bytes bytea not null,
  -- among examples held back: how many were asked, how many first answers were right
  asked integer not null,
  right_first integer not null,
  trained_at timestamptz not null,
  constraint triage_model_pk primary key (scope_id, answers, version),
  constraint triage_model_answers check (answers in ('category', 'unit')),
  constraint triage_model_right check (right_first between 0 and asked)
);

-- Trained when, also when there was too little or nothing new.
create table work_orders.triage_run (
  scope_id uuid not null,
  tried_at timestamptz not null,
  constraint triage_run_pk primary key (scope_id)
);

alter table work_orders.triage_model enable row level security, force row level security;
create policy triage_model_app on work_orders.triage_model for select to gongzhi_app using (true);
create policy triage_model_worker_read on work_orders.triage_model for select to gongzhi_worker using (true);
create policy triage_model_worker_add on work_orders.triage_model for insert to gongzhi_worker with check (true);
create policy triage_model_worker_drop on work_orders.triage_model for delete to gongzhi_worker using (true);
grant select on work_orders.triage_model to gongzhi_app;
grant select, insert, delete on work_orders.triage_model to gongzhi_worker;
grant select, insert, update, delete on work_orders.triage_model to gongzhi_loader;

alter table work_orders.triage_run enable row level security, force row level security;
create policy triage_run_worker on work_orders.triage_run for all to gongzhi_worker using (true) with check (true);
grant select, insert, update on work_orders.triage_run to gongzhi_worker;
grant select, insert, update, delete on work_orders.triage_run to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
where c.oid in ('work_orders.triage_model'::pg_catalog.regclass, 'work_orders.triage_run'::pg_catalog.regclass)

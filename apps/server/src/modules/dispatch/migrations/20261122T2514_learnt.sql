-- How long it takes in a compound until somebody takes an order, comes, and is there, as quantiles; and how much each
-- worker has done there. Figures, no order and no household.
create table dispatch.learnt (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  legs jsonb not null,
  workers jsonb not null,
  learnt_at timestamptz not null,
  constraint learnt_pk primary key (scope_id),
  constraint learnt_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

alter table dispatch.learnt enable row level security, force row level security;
create policy learnt_app_read on dispatch.learnt for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy learnt_worker on dispatch.learnt for all to gongzhi_worker using (true) with check (true);
grant select on dispatch.learnt to gongzhi_app;
grant select, insert, update on dispatch.learnt to gongzhi_worker;
grant select, insert, update, delete on dispatch.learnt to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'dispatch.learnt'::pg_catalog.regclass

-- A request's id is unique in its city and source wherever the request lies, and scope_id leads every key: so the
-- ids lie together in the city's own scope. A neighbourhood that changed between two exports brings no second order.
-- Also what a closed request said about another one, kept until that other one is there.
create table work_orders.import_key (
  -- the city's scope
  scope_id uuid not null,
  source text not null,
  external_id text not null,
  city_id uuid, street_id uuid, company_id uuid,
  import_id uuid not null,
  order_scope_id uuid not null,
  work_order_id uuid not null,
  -- null: no duplicate of anything; empty: a duplicate that names nobody
  duplicate_of text[],
  constraint import_key_pk primary key (scope_id, source, external_id),
  constraint import_key_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index import_key_duplicate on work_orders.import_key (scope_id, source) where duplicate_of is not null;

alter table work_orders.import_key enable row level security, force row level security;
create policy import_key_app on work_orders.import_key for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_key_worker on work_orders.import_key for select to gongzhi_worker using (true);
grant select on work_orders.import_key to gongzhi_app, gongzhi_worker;
grant select, insert, update, delete on work_orders.import_key to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'work_orders.import_key'::pg_catalog.regclass

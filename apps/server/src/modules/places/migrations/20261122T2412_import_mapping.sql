-- Which column of a file is which of ours: shown once it was found or guessed, told where it was not, and remembered for
-- the next file of the same company and list.
alter table places.import_job
  -- Sealed: what looks like a header may be somebody's row.
  add column layout_sealed bytea,
  add column remembers boolean not null default false,
  drop constraint import_job_state,
  add constraint import_job_state check (state in ('waiting', 'mapping', 'checked', 'refused', 'queued', 'done', 'failed'));
grant update (mapping, sheet, refusal, remembers) on places.import_job to gongzhi_app;

-- Of the company that serves the place, or of the street or city where none does. Only the worker reads and writes it.
create table places.import_mapping (
  scope_id uuid not null,
  kind text not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- The file's own header → our column, '' for what is left out.
  mapping jsonb not null,
  account_id uuid,
  updated_at timestamptz not null,
  constraint import_mapping_pk primary key (scope_id, kind),
  constraint import_mapping_kind check (kind in ('areas', 'compounds', 'buildings', 'households', 'people')),
  constraint import_mapping_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
alter table places.import_mapping enable row level security, force row level security;
create policy import_mapping_worker on places.import_mapping for all to gongzhi_worker using (true) with check (true);
grant select, insert, update on places.import_mapping to gongzhi_worker;
grant select, insert, update, delete on places.import_mapping to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity
from pg_catalog.pg_class c where c.oid = 'places.import_mapping'::pg_catalog.regclass

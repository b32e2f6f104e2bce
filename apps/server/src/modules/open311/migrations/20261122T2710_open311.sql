-- Open311 (GeoReport v2): what a street tells everybody of its orders, and who outside may report and follow.
create schema open311;
grant usage on schema open311 to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- Who may report from outside, to one street. The key itself is shown once and kept as its hash.
create table open311.client (
  scope_id uuid not null,
  client_id uuid not null,
  city_id uuid, street_id uuid,
  name text not null,
  key_hash bytea not null,
  may_report boolean not null,
  may_update boolean not null,
  per_minute smallint not null,
  created_by_name text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint client_pk primary key (scope_id, client_id),
  constraint client_key_hash unique (scope_id, key_hash),
  constraint client_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint client_rate check (per_minute between 1 and 600)
);

-- The categories a street takes from outside and tells of. A row that is not published any more stays, so that what was
-- public is kept true until it is published again.
create table open311.service (
  scope_id uuid not null,
  category_code text not null,
  city_id uuid, street_id uuid,
  is_published boolean not null,
  description_zh text not null,
  description_en text not null,
  -- [{code, isInput, datatype, isRequired, zh, en, hintZh, hintEn, values: [{key, zh, en}]}] in the order of asking
  attributes jsonb not null,
  version integer not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint service_pk primary key (scope_id, category_code),
  constraint service_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index service_published on open311.service (scope_id) where is_published;

-- The public face of an order: no words but those staff approved, no person, no place finer than the building.
create table open311.request (
  scope_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  request_id text not null,
  category_code text not null,
  status text not null,
  -- how far it is, in the room's own closed list of words
  word text not null,
  requested_at timestamptz not null,
  updated_at timestamptz not null,
  expected_at timestamptz,
  address text not null,
  address_id text not null,
  latitude double precision,
  longitude double precision,
  agency text,
  time_zone text not null,
  public_text text,
  approved_by_name text,
  approved_at timestamptz,
  version integer not null default 0,
  constraint request_pk primary key (scope_id, work_order_id),
  constraint request_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint request_status check (status in ('open', 'closed')),
  constraint request_approval check ((public_text is null) = (approved_at is null))
);
create index request_by_id on open311.request (street_id, request_id);
create index request_by_time on open311.request (street_id, requested_at desc, work_order_id desc);

create table open311.request_update (
  scope_id uuid not null,
  -- of the line of the order's story that it tells of
  update_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  word text not null,
  at timestamptz not null,
  constraint request_update_pk primary key (scope_id, update_id),
  constraint request_update_request_fk foreign key (scope_id, work_order_id)
    references open311.request (scope_id, work_order_id) on delete cascade
);
create index request_update_request on open311.request_update (scope_id, work_order_id);
create index request_update_by_time on open311.request_update (street_id, at, update_id);

-- What a client sent, as it sent it; who reported is sealed.
create table open311.submission (
  scope_id uuid not null,
  submission_id uuid not null,
  work_order_id uuid not null,
  number text not null,
  city_id uuid, street_id uuid, company_id uuid,
  client_id uuid not null,
  client_name text not null,
  body_hash bytea not null,
  received_at timestamptz not null,
  latitude double precision,
  longitude double precision,
  address_id text,
  address_string text,
  device_id text,
  account_id text,
  media_urls text[] not null,
  contact_cipher bytea,
  constraint submission_pk primary key (scope_id, submission_id),
  constraint submission_order unique (scope_id, work_order_id),
  constraint submission_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
create index submission_twin on open311.submission (street_id, client_id, body_hash, received_at);
create index submission_contact on open311.submission (street_id, received_at) where contact_cipher is not null;

-- Of the street, for a client counts its updates across compounds: what comes twice is answered as the first time.
create table open311.client_update (
  scope_id uuid not null,
  client_update_id uuid not null,
  city_id uuid, street_id uuid,
  client_id uuid not null,
  client_name text not null,
  update_id text not null,
  place_id uuid not null,
  work_order_id uuid not null,
  status text,
  said_at timestamptz,
  received_at timestamptz not null,
  media_urls text[] not null,
  contact_cipher bytea,
  constraint client_update_pk primary key (scope_id, client_update_id),
  constraint client_update_once unique (scope_id, client_id, update_id),
  constraint client_update_client_fk foreign key (scope_id, client_id) references open311.client (scope_id, client_id)
);
create index client_update_order on open311.client_update (scope_id, work_order_id);
create index client_update_contact on open311.client_update (street_id, received_at) where contact_cipher is not null;

-- Whoever holds a key is nobody yet: found by its hash, within the street.
alter table open311.client enable row level security, force row level security;
create policy client_app_read on open311.client for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null) or current_setting('app.kind', true) = 'signin');
create policy client_app_add on open311.client for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, null));
create policy client_app_revoke on open311.client for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null))
  with check (platform.staff_reach(scope_id, city_id, street_id, null));
create policy client_worker on open311.client for select to gongzhi_worker using (true);
grant select, insert, update (revoked_at) on open311.client to gongzhi_app;
grant select on open311.client to gongzhi_worker;

-- Which matters a street takes from outside is told to everybody.
alter table open311.service enable row level security, force row level security;
create policy service_app_read on open311.service for select to gongzhi_app using (true);
create policy service_app_add on open311.service for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, null));
create policy service_app_change on open311.service for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null))
  with check (platform.staff_reach(scope_id, city_id, street_id, null));
create policy service_worker on open311.service for select to gongzhi_worker using (true);
grant select, insert,
  update (is_published, description_zh, description_en, attributes, version, changed_by_name, changed_at)
  on open311.service to gongzhi_app;
grant select on open311.service to gongzhi_worker;

-- 'public' is nobody at all: these two tables and what is published anyway is all that kind of reader sees.
alter table open311.request enable row level security, force row level security;
create policy request_app_read on open311.request for select to gongzhi_app
  using (current_setting('app.kind', true) = 'public' or platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy request_app_add on open311.request for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy request_app_approve on open311.request for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy request_worker on open311.request for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (public_text, approved_by_name, approved_at, version) on open311.request to gongzhi_app;
grant select, insert, update, delete on open311.request to gongzhi_worker;

alter table open311.request_update enable row level security, force row level security;
create policy request_update_app_read on open311.request_update for select to gongzhi_app
  using (current_setting('app.kind', true) = 'public' or platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy request_update_worker on open311.request_update for all to gongzhi_worker using (true) with check (true);
grant select on open311.request_update to gongzhi_app;
grant select, insert, update, delete on open311.request_update to gongzhi_worker;

alter table open311.submission enable row level security, force row level security;
create policy submission_app_read on open311.submission for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy submission_app_add on open311.submission for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy submission_worker on open311.submission for all to gongzhi_worker using (true) with check (true);
grant select, insert on open311.submission to gongzhi_app;
grant select, update (company_id, contact_cipher) on open311.submission to gongzhi_worker;

alter table open311.client_update enable row level security, force row level security;
create policy client_update_app_read on open311.client_update for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null) or platform.staff_reach(place_id, city_id, street_id, null));
create policy client_update_app_add on open311.client_update for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, null));
create policy client_update_worker on open311.client_update for all to gongzhi_worker using (true) with check (true);
grant select, insert on open311.client_update to gongzhi_app;
grant select, update (contact_cipher) on open311.client_update to gongzhi_worker;

grant select, insert, update, delete on all tables in schema open311 to gongzhi_loader;

-- check
select count(*) = 6 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
where c.relnamespace = 'open311'::pg_catalog.regnamespace and c.relkind = 'r'

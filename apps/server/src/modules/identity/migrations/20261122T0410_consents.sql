-- Consent: somebody lets another person act in their name for one household. Recorded with how it was given, for a
-- limited time, withdrawn as easily as given (PIPL articles 14, 15 and 23). It is itself the capacity in which the
-- other acts: a session may stand on its id as it does on a membership's, so that nothing has to be kept in step.
create table identity.consent (
  scope_id uuid not null,
  consent_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  person_id uuid not null,
  -- null: somebody without an account
  grantor_account_id uuid,
  grantor_name_masked text not null,
  delegate_account_id uuid not null,
  delegate_name_masked text not null,
  delegate_phone_masked text not null,
  kinship text not null,
  purposes text[] not null,
  starts_on date not null,
  -- the first day on which it no longer holds
  ends_on date not null,
  given_by text not null,
  given_at timestamptz not null,
  -- by the desk, on the giver's word
  recorded_by_account_id uuid,
  recorded_by_name text,
  -- on which call-back the giver said so
  called_at timestamptz,
  note text,
  revoked_at timestamptz,
  revoked_by text,
  revoked_by_account_id uuid,
  revoked_note text,
  constraint consent_pk primary key (scope_id, consent_id),
  constraint consent_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint consent_person_fk foreign key (scope_id, person_id) references places.person (scope_id, person_id),
  constraint consent_kinship check (kinship in ('child', 'parent', 'spouse', 'relative', 'carer', 'friend')),
  constraint consent_purposes check (purposes <@ array['follow', 'report', 'confirm', 'pay'] and 'follow' = any (purposes)),
  constraint consent_range check (ends_on > starts_on),
  constraint consent_given_by check (given_by in ('app', 'signature', 'call')),
  constraint consent_recorded check ((given_by = 'app') = (recorded_by_account_id is null)),
  constraint consent_called check ((given_by = 'call') = (called_at is not null)),
  constraint consent_not_oneself check (grantor_account_id is distinct from delegate_account_id),
  constraint consent_revoked check ((revoked_at is null) = (revoked_by is null)),
  constraint consent_revoked_by check (revoked_by in ('grantor', 'delegate', 'desk', 'replaced'))
);
-- One that is not withdrawn for the same two people and household: a new one takes the old one's place.
create unique index consent_standing on identity.consent (scope_id, person_id, household_id, delegate_account_id)
  where revoked_at is null;
create index consent_household on identity.consent (scope_id, household_id);
create index consent_delegate on identity.consent (delegate_account_id);
create index consent_grantor on identity.consent (grantor_account_id) where grantor_account_id is not null;

alter table identity.consent enable row level security, force row level security;
create policy consent_app_read on identity.consent for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or delegate_account_id = platform.account() or grantor_account_id = platform.account());
-- Given in one's own name for one's own household, or recorded by staff of the scope.
create policy consent_app_give on identity.consent for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or (given_by = 'app' and grantor_account_id = platform.account()
      and platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false)));
create policy consent_app_end on identity.consent for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or delegate_account_id = platform.account() or grantor_account_id = platform.account())
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    or delegate_account_id = platform.account() or grantor_account_id = platform.account());
create policy consent_worker on identity.consent for select to gongzhi_worker using (true);
grant select, insert, update (revoked_at, revoked_by, revoked_by_account_id, revoked_note) on identity.consent to gongzhi_app;
grant select on identity.consent to gongzhi_worker;
grant select, insert, update, delete on identity.consent to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity and (select count(*) from pg_policies where schemaname = 'identity' and tablename = 'consent') = 4
from pg_catalog.pg_class c where c.oid = 'identity.consent'::pg_catalog.regclass

-- Both parties hear a week before a consent ends, and when it has ended; each once. And a consent follows whose phone
-- was put right.
alter table identity.consent add column warned_at timestamptz, add column ended_told_at timestamptz;
create index consent_to_tell on identity.consent (ends_on) where revoked_at is null and ended_told_at is null;
grant update (grantor_account_id, warned_at, ended_told_at) on identity.consent to gongzhi_worker;

-- check
select pg_catalog.has_column_privilege('gongzhi_worker', 'identity.consent', 'warned_at', 'update')
  and not pg_catalog.has_column_privilege('gongzhi_worker', 'identity.consent', 'ends_on', 'update')

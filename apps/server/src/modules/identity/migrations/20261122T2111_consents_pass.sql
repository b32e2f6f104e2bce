-- A household's consents are the household's: whoever serves the compound sees them.
create policy consent_worker_pass on identity.consent for update to gongzhi_worker using (true) with check (true);
grant update (company_id) on identity.consent to gongzhi_worker;

-- check
select has_column_privilege('gongzhi_worker', 'identity.consent', 'company_id', 'update')

-- What another form lent is kept, sealed as it was, with what was handed over: whatever becomes of it there, it stays here.
alter table forms.answer
  add column taken_from uuid,
  add column taken_cipher bytea,
  add column taken_on date,
  add column taken_until date,
  add constraint answer_taken check (num_nulls(taken_from, taken_cipher, taken_on, taken_until) in (0, 4) and taken_from <> form_id);

-- The owner is held by the wall, too: for what was handed over before it is not.
alter table forms.answer no force row level security;
alter table forms.sheet no force row level security;
insert into forms.answer (scope_id, form_id, subject_id, question_key, city_id, street_id, subject, value_cipher, answered_on, answered_at,
  valid_until, is_correction, answered_by, taken_from, taken_cipher, taken_on, taken_until)
select n.scope_id, n.form_id, n.subject_id, n.question_key, n.city_id, n.street_id, n.subject, null, n.answered_on, n.answered_at,
  n.valid_until, false, n.submitted_by, n.lender, n.value_cipher, n.answered_on, n.valid_until
from (
  select distinct on (r.scope_id, r.form_id, a.subject_id, a.question_key) r.scope_id, r.form_id, r.submitted_at, r.submitted_by,
    a.form_id as lender, a.subject_id, a.question_key, a.city_id, a.street_id, a.subject, a.value_cipher, a.answered_on, a.answered_at,
    a.valid_until
  from forms.sheet r
    join forms.answer a on a.scope_id = r.scope_id and a.question_key = any (r.question_keys) and a.subject = r.subject
      and a.value_cipher is not null and (a.form_id = r.form_id or a.answered_at <= r.submitted_at)
  where r.submitted_at is not null and r.state not in ('open', 'returned')
  order by r.scope_id, r.form_id, a.subject_id, a.question_key, a.answered_at desc, a.form_id desc) n
where n.lender <> n.form_id and n.valid_until >= n.submitted_at::date
on conflict (scope_id, form_id, subject_id, question_key) do update set taken_from = excluded.taken_from,
  taken_cipher = excluded.taken_cipher, taken_on = excluded.taken_on, taken_until = excluded.taken_until;
alter table forms.answer force row level security;
alter table forms.sheet force row level security;

-- check
select count(*) = 1 and bool_and(c.relforcerowsecurity)
from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
where k.conrelid = 'forms.answer'::pg_catalog.regclass and k.conname = 'answer_taken'

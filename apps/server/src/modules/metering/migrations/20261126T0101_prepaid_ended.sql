-- What a prepaid meter cost from when on, what each reading was charged at, and that it is paid for ahead no more.
alter table metering.prepaid add column prices jsonb not null default '[]';
alter table metering.prepaid add column ended_at timestamptz;
-- Of what was before nobody kept more than the last price.
update metering.prepaid set prices = jsonb_build_array(jsonb_build_object('price', price, 'from', since));

-- What was used at which price; null: it was charged by nobody.
alter table metering.reading add column charged jsonb;
update metering.reading r set charged = jsonb_build_array(jsonb_build_object('milli', coalesce(r.used_milli, 0), 'price', p.price))
from metering.prepaid p where p.scope_id = r.scope_id and p.meter_id = r.meter_id and r.is_charged;

-- What went on with the balance, to the home or to the next meter: nobody paid for it there.
alter table metering.top_up drop constraint top_up_state;
alter table metering.top_up add constraint top_up_state check (state in ('waiting', 'sent', 'confirmed', 'failed', 'returned', 'carried'));
alter table metering.top_up alter column payment_id drop not null;

-- Whoever pays wakes it: nobody looks through all of them.
update metering.prepaid p set check_at = least(p.check_at, u.asked_at)
from (select t.scope_id, t.meter_id, min(t.asked_at) as asked_at from metering.top_up t where t.state = 'waiting' group by t.scope_id, t.meter_id) u
where p.scope_id = u.scope_id and p.meter_id = u.meter_id;

-- check
select not exists (select from metering.prepaid p where p.prices = '[]')
  and not exists (select from metering.prepaid p join metering.top_up t on t.scope_id = p.scope_id and t.meter_id = p.meter_id
    where t.state = 'waiting' and p.check_at is null)

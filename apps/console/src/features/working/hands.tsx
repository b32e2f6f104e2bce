import { Button, TextField, useNow } from '@gongzhi/ui';
import { instantOn } from '@gongzhi/kernel/time.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { useDraft } from '../../components/draft.ts';
import { dispatchApi } from '../dispatch/api.ts';
import { Ask } from './ask.tsx';
import { can, Part, type PartProps } from './part.tsx';
import { Unfolding } from './unfolding.tsx';
import css from './working.module.css';

const MINUTE = 60_000;

/** Who works on it too, what it waits for, and when somebody comes again. */
export function Hands(props: PartProps) {
  return (
    <>
      <Crew {...props} />
      <Parts {...props} />
      <Visits {...props} />
    </>
  );
}

function Crew({ order, sheet, run }: PartProps) {
  const { t, tk, when } = useText();
  const now = useNow();
  const mayAdd = can(sheet, 'add_helper');
  const mayRemove = can(sheet, 'remove_helper');
  if (sheet.crew.length === 0 && !mayAdd) return null;
  return (
    <Part name={t('working.crew')}>
      <ul className={css.list}>
        {sheet.crew.map((one) => (
          <li key={one.id} className={css.row}>
            <span>
              {one.name} {one.title}
            </span>
            <span className={css.quiet}>
              {one.arrivedAt === null
                ? t(one.leftAt === null ? 'working.called' : 'working.notCome')
                : one.leftAt === null
                  ? t('working.hereSince', { when: when(one.arrivedAt, now) })
                  : t('working.minutes', {
                      count: Math.round((Date.parse(one.leftAt) - Date.parse(one.arrivedAt)) / MINUTE),
                    })}
            </span>
            {mayRemove && one.leftAt === null && (
              <Button
                size="small"
                onPress={() =>
                  void run({
                    action: 'remove_helper',
                    accountId: one.accountId,
                    expectedVersion: order.version,
                  })
                }
              >
                {tk('workingActions.remove_helper')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAdd && <AddHelper key={sheet.crew.length} order={order} sheet={sheet} run={run} />}
    </Part>
  );
}

function AddHelper({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const [isOpen, setOpen] = useState(false);
  const staff = useQuery({
    queryKey: queryKeys.candidates(order.id),
    queryFn: () => dispatchApi.candidates(order.scopeId, order.id),
    enabled: isOpen,
  });
  if (!isOpen)
    return (
      <div className={css.row}>
        <Button size="small" onPress={() => setOpen(true)}>
          {tk('workingActions.add_helper')}
        </Button>
      </div>
    );
  const here = new Set(sheet.crew.flatMap((one) => (one.leftAt === null ? [one.accountId] : [])));
  const others = (staff.data?.items ?? []).filter(
    ({ accountId, role, mayBeSent }) =>
      // Whom the order's own rules refuse is not offered.
      mayBeSent && role === 'worker' && accountId !== order.assigneeAccountId && !here.has(accountId),
  );
  return (
    <div className={css.line}>
      <Combo
        className={css.wide ?? ''}
        label={tk('workingActions.add_helper')}
        placeholder={t('console.staff.search')}
        items={others.map((one) => ({
          id: one.accountId,
          label: one.displayName,
          aside: [one.title, t('console.staff.load', { count: one.openOrders })].join(' · '),
        }))}
        value={null}
        onChange={(accountId) => {
          if (accountId !== null)
            void run({ action: 'add_helper', accountId, expectedVersion: order.version });
        }}
      />
      <div className={css.row}>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.close')}
        </Button>
      </div>
    </div>
  );
}

function Parts({ order, sheet, run }: PartProps) {
  const { t, tk, when } = useText();
  const now = useNow();
  const mayOrder = can(sheet, 'order_part');
  if (sheet.parts.length === 0 && !mayOrder) return null;
  return (
    <Part name={t('working.parts')}>
      <ul className={css.list}>
        {sheet.parts.map((part) => (
          <li key={part.id} className={css.row}>
            <span>
              {part.what} <span className={css.quiet}>{part.supplier}</span>
            </span>
            <span className={css.quiet}>
              {part.arrivedAt === null
                ? t('working.expected', { day: part.expectedOn })
                : t('working.arrived', { when: when(part.arrivedAt, now) })}
              {part.orderedByName !== null && ` · ${part.orderedByName}`}
            </span>
            {part.arrivedAt === null && can(sheet, 'part_arrived') && (
              <Button
                size="small"
                onPress={() =>
                  void run({ action: 'part_arrived', partId: part.id, expectedVersion: order.version })
                }
              >
                {tk('workingActions.part_arrived')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayOrder && <OrderPart order={order} sheet={sheet} run={run} />}
    </Part>
  );
}

const PART = { what: '', supplier: '', day: '' };

function OrderPart({ order, run }: PartProps) {
  const { t, tk } = useText();
  const [{ what, supplier, day }, change, clear] = useDraft(`part.${order.id}`, PART);
  const send = async (): Promise<boolean> => {
    const isDone = await run({
      action: 'order_part',
      what: what.trim(),
      expectedOn: day,
      expectedVersion: order.version,
      ...(supplier.trim() === '' ? {} : { supplier: supplier.trim() }),
    });
    if (isDone) clear();
    return isDone;
  };
  return (
    <Unfolding
      name={tk('workingActions.order_part')}
      send={tk('workingActions.order_part')}
      isWhole={what.trim() !== '' && day !== ''}
      onSend={send}
      isAlone
    >
      <TextField
        className={css.wide ?? ''}
        label={t('working.partWhat')}
        maxLength={200}
        value={what}
        onChange={(text) => change({ what: text })}
      />
      <TextField
        label={t('working.supplier')}
        maxLength={100}
        value={supplier}
        onChange={(text) => change({ supplier: text })}
      />
      <TextField
        label={t('working.expectedOn')}
        type="date"
        value={day}
        onChange={(text) => change({ day: text })}
      />
      <p className={css.hint}>{t('working.partRests')}</p>
    </Unfolding>
  );
}

function Visits({ order, sheet, run }: PartProps) {
  const { t, tk, when } = useText();
  const now = useNow();
  const mayPlan = can(sheet, 'plan_visit');
  if (sheet.visits.length === 0 && !mayPlan) return null;
  return (
    <Part name={t('working.visits')}>
      <ul className={css.list}>
        {sheet.visits.map((visit) => {
          const isOpen = visit.doneAt === null && visit.cancelledAt === null;
          return (
            <li key={visit.id} className={css.row}>
              <span>
                {visit.position}. {when(visit.plannedFrom, now)} {visit.purpose}
              </span>
              <span className={css.quiet}>
                {visit.cancelledAt !== null && t('working.visitCancelled')} {visit.doneWords}{' '}
                {visit.leftWords !== null && t('working.left', { words: visit.leftWords })}
              </span>
              {isOpen && can(sheet, 'cancel_visit') && (
                <Ask
                  open={tk('workingActions.cancel_visit')}
                  label={t('working.reason')}
                  onSay={(reason) =>
                    run({
                      action: 'cancel_visit',
                      visitId: visit.id,
                      reason,
                      expectedVersion: order.version,
                    })
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
      {mayPlan && <PlanVisit order={order} sheet={sheet} run={run} />}
    </Part>
  );
}

const VISIT = { day: '', from: '09:00', to: '11:00', purpose: '' };

/** Hours of the place's own clock, wherever the desk's computer stands. */
function PlanVisit({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const [{ day, from, to, purpose }, change, clear] = useDraft(`visit.${order.id}`, VISIT);
  const isWhole = [day, from, to, purpose].every((text) => text.trim() !== '');
  const plan = async (): Promise<boolean> => {
    const isDone = await run({
      action: 'plan_visit',
      from: new Date(instantOn(day, minutesOf(from), sheet.timeZone)).toISOString(),
      to: new Date(instantOn(day, minutesOf(to), sheet.timeZone)).toISOString(),
      purpose: purpose.trim(),
      expectedVersion: order.version,
    });
    if (isDone) clear();
    return isDone;
  };
  return (
    <Unfolding
      name={tk('workingActions.plan_visit')}
      send={tk('workingActions.plan_visit')}
      isWhole={isWhole}
      onSend={plan}
      isAlone
    >
      <TextField
        label={t('working.day')}
        type="date"
        value={day}
        onChange={(text) => change({ day: text })}
      />
      <TextField
        label={t('console.reporting.from')}
        type="time"
        value={from}
        onChange={(text) => change({ from: text })}
      />
      <TextField
        label={t('console.reporting.to')}
        type="time"
        value={to}
        onChange={(text) => change({ to: text })}
      />
      <TextField
        className={css.wide ?? ''}
        label={t('working.purpose')}
        maxLength={200}
        value={purpose}
        onChange={(text) => change({ purpose: text })}
      />
    </Unfolding>
  );
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

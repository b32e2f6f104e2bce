import { Button, notify, Select, TextField, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Order } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Photos } from '../orders/photos.tsx';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import { type JobSheet, workingApi } from './api.ts';
import { Contractors } from './contractors.tsx';
import { type Act, can, Part, type PartProps } from './part.tsx';
import css from './working.module.css';

type Payer = NonNullable<JobSheet['charge']>['payer'];
const PAYERS = [
  'household',
  'company',
  'developer',
  'maintenance_fund',
  'utility',
  'responsible_party',
] as const satisfies readonly Payer[];

/** What it costs and who agreed, who works on it, what is awaited, what was checked, who came from outside. */
export default function OrderWorking({ order, onChanged }: SectionProps) {
  const text = useText();
  const { t } = text;
  const sheet = useQuery({
    queryKey: [...queryKeys.order(order.id), 'sheet'],
    queryFn: () => workingApi.sheet(order.scopeId, order.id),
  });
  const intent = useRef<{ words: string; key: string } | null>(null);
  const send = useMutation({
    mutationFn: (act: Act) => {
      const words = JSON.stringify(act);
      if (intent.current?.words !== words) intent.current = { words, key: newKey() };
      return workingApi.act(order.scopeId, order.id, act, intent.current.key);
    },
    onSuccess: (answer) => {
      intent.current = null;
      queryClient.setQueryData([...queryKeys.order(order.id), 'sheet'], answer.sheet);
      queryClient.setQueryData(queryKeys.order(order.id), answer.order);
      void queryClient.invalidateQueries({ queryKey: queryKeys.timeline(order.id) });
      onChanged(answer.order);
    },
    onError: (error) => {
      intent.current = null;
      void queryClient.invalidateQueries({ queryKey: queryKeys.order(order.id) });
      notify(problemText(error, text), { tone: 'late', isLasting: true });
    },
  });
  if (sheet.data === undefined) return null;
  const run: PartProps['run'] = (act) =>
    send.mutateAsync(act).then(
      () => true,
      () => false,
    );
  const props = { order, sheet: sheet.data, run };
  return (
    <Section id="working" title={t('working.title')}>
      <Charge {...props} />
      <Pictures order={order} />
      <Hands {...props} />
      <Safety {...props} />
      <Contractors {...props} />
    </Section>
  );
}

function Charge({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const { charge, warranty } = sheet;
  const hasLines = charge !== null && charge.lines.length > 0;
  return (
    <Part name={t('working.charge')}>
      {warranty !== null && (
        <p>
          {t('working.warranty', {
            number: warranty.number,
            from: warranty.finishedOn,
            until: warranty.until,
          })}
        </p>
      )}
      {!hasLines && <p className={css.quiet}>{t('working.noCharge')}</p>}
      {hasLines && (
        <>
          <table className={css.lines}>
            <tbody>
              {charge.lines.map((line) => (
                <tr key={line.id}>
                  <td>
                    {line.name}{' '}
                    <span className={css.quiet}>
                      {tk(`lineKinds.${line.kind}`)} {line.reason}
                    </span>
                  </td>
                  <td className={css.figure}>
                    {line.unitPrice} × {line.quantity} {line.unit}
                  </td>
                  <td className={css.figure}>{line.amount}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {charge.discount !== '0.00' && (
            <p>{t('working.discount', { amount: charge.discount, reason: charge.discountReason ?? '' })}</p>
          )}
          <p>
            <strong>{t('working.total', { amount: charge.total })}</strong>{' '}
            {tk(`chargeStates.${sheet.chargeState}`)}
          </p>
        </>
      )}
      {charge !== null && (
        <p>
          {t('working.payer', { payer: tk(`payers.${charge.payer}`) })}
          {charge.payerReason !== null && <span className={css.quiet}> {charge.payerReason}</span>}
        </p>
      )}
      {sheet.entries.length > 0 && <Entries order={order} sheet={sheet} />}
      <div className={css.row}>
        {can(sheet, 'send_quote') && (
          <Button
            size="small"
            onPress={() => void run({ action: 'send_quote', expectedVersion: order.version })}
          >
            {tk('workingActions.send_quote')}
          </Button>
        )}
        {can(sheet, 'withdraw_quote') && (
          <Button
            size="small"
            onPress={() => void run({ action: 'withdraw_quote', expectedVersion: order.version })}
          >
            {tk('workingActions.withdraw_quote')}
          </Button>
        )}
        {can(sheet, 'agree') && charge !== null && (
          <Ask
            open={t('working.byPhone')}
            label={t('working.signer')}
            onSay={(signerName) =>
              run({ action: 'agree', quoteNo: charge.quoteNo, total: charge.total, signerName })
            }
          />
        )}
        {can(sheet, 'set_payer') && hasLines && (
          <SetPayer
            now={charge.payer}
            onSay={(payer, reason) =>
              run({ action: 'set_payer', payer, reason, expectedVersion: order.version })
            }
          />
        )}
      </div>
    </Part>
  );
}

function Entries({ order, sheet }: { order: Order; sheet: JobSheet }) {
  const { t, tk, when } = useText();
  const now = useNow();
  const signed = sheet.entries.flatMap(({ signature }) => signature ?? []);
  return (
    <>
      <ul className={css.list}>
        {sheet.entries.map((entry) => (
          <li key={entry.id}>
            <span className={css.quiet}>{when(entry.at, now)}</span> {tk(`chargeEntries.${entry.kind}`)}{' '}
            {t('working.total', { amount: entry.total })}
            {entry.how !== null && ` · ${tk(`answerWays.${entry.how}`)}`}
            {(entry.signerName ?? entry.byName) !== null && ` · ${entry.signerName ?? entry.byName}`}
            {entry.words !== null && ` · ${entry.words}`}
          </li>
        ))}
      </ul>
      <Photos scopeId={order.scopeId} photos={signed} label={tk('answerWays.signature')} />
    </>
  );
}

/** One word asked for, and said. */
export function Ask({
  open,
  label,
  onSay,
}: {
  open: string;
  label: string;
  onSay: (word: string) => Promise<boolean>;
}) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const [word, setWord] = useState('');
  if (!isOpen)
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        {open}
      </Button>
    );
  return (
    <div className={css.form}>
      <TextField label={label} maxLength={200} value={word} onChange={setWord} />
      <div className={css.row}>
        <Button
          size="small"
          variant="primary"
          isDisabled={word.trim() === ''}
          onPress={() => void onSay(word.trim()).then((isDone) => setOpen(!isDone))}
        >
          {t('working.save')}
        </Button>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.cancel')}
        </Button>
      </div>
    </div>
  );
}

function SetPayer({ now, onSay }: { now: Payer; onSay: (payer: Payer, reason: string) => Promise<boolean> }) {
  const { t, tk } = useText();
  const others = PAYERS.filter((payer) => payer !== now);
  const [isOpen, setOpen] = useState(false);
  const [payer, setPayer] = useState<Payer>(others[0] ?? 'company');
  const [reason, setReason] = useState('');
  if (!isOpen)
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        {t('working.free')}
      </Button>
    );
  return (
    <div className={css.form}>
      <Select
        label={t('working.newPayer')}
        value={payer}
        onChange={(value) => setPayer(value as Payer)}
        options={others.map((value) => ({ value, label: tk(`payers.${value}`) }))}
      />
      <TextField label={t('working.reason')} maxLength={500} value={reason} onChange={setReason} />
      <div className={css.row}>
        <Button
          size="small"
          variant="primary"
          isDisabled={reason.trim() === ''}
          onPress={() => void onSay(payer, reason.trim()).then((isDone) => setOpen(!isDone))}
        >
          {t('working.save')}
        </Button>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Pictures({ order }: { order: Order }) {
  const { t } = useText();
  if (order.beforePhotos.length === 0) return null;
  return (
    <div className={css.pair}>
      <Part name={t('working.photosBefore')}>
        <Photos scopeId={order.scopeId} photos={order.beforePhotos} label={t('working.photosBefore')} />
      </Part>
      <Part name={t('working.photosAfter')}>
        <Photos scopeId={order.scopeId} photos={order.workPhotos} label={t('working.photosAfter')} />
      </Part>
    </div>
  );
}

const MINUTE = 60_000;

function Hands({ sheet }: PartProps) {
  const { t, when } = useText();
  const now = useNow();
  const parts = sheet.parts.filter(({ arrivedAt }) => arrivedAt === null);
  return (
    <>
      {sheet.crew.length > 0 && (
        <Part name={t('working.crew')}>
          <ul className={css.list}>
            {sheet.crew.map((one) => (
              <li key={one.id}>
                {one.name} {one.title}{' '}
                <span className={css.quiet}>
                  {one.arrivedAt !== null &&
                    (one.leftAt === null
                      ? when(one.arrivedAt, now)
                      : t('working.minutes', {
                          count: Math.round((Date.parse(one.leftAt) - Date.parse(one.arrivedAt)) / MINUTE),
                        }))}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {parts.length > 0 && (
        <Part name={t('working.parts')}>
          <ul className={css.list}>
            {parts.map((part) => (
              <li key={part.id}>
                {part.what} {part.supplier} <span className={css.quiet}>{part.expectedOn}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {sheet.visits.length > 0 && (
        <Part name={t('working.visits')}>
          <ul className={css.list}>
            {sheet.visits.map((visit) => (
              <li key={visit.id}>
                {visit.position}. {when(visit.plannedFrom, now)} {visit.purpose}{' '}
                <span className={css.quiet}>
                  {visit.doneWords} {visit.leftWords}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function Safety({ order, sheet, run }: PartProps) {
  const { t, tk, named } = useText();
  const { safety } = sheet;
  if (safety === null || safety.state === 'none') return null;
  return (
    <Part name={t('working.safety')}>
      <p>{tk(`safetyStates.${safety.state}`)}</p>
      <ul className={css.list}>
        {safety.lists.flatMap((list) =>
          list.items.map((item) => {
            const given = safety.answers.find((one) => one.list === list.code && one.item === item.code);
            return (
              given !== undefined && (
                <li key={`${list.code}/${item.code}`}>
                  {named({ zh: item.zh, en: item.en })} <strong>{tk(`safetyAnswers.${given.answer}`)}</strong>{' '}
                  <span className={css.quiet}>
                    {given.byName} {given.words}
                  </span>
                </li>
              )
            );
          }),
        )}
      </ul>
      {can(sheet, 'reset_safety') && (
        <Ask
          open={tk('workingActions.reset_safety')}
          label={t('working.reason')}
          onSay={(reason) => run({ action: 'reset_safety', reason, expectedVersion: order.version })}
        />
      )}
    </Part>
  );
}

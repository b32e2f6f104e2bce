import { Button, notify, Select, TextField } from '@gongzhi/ui';
import { useRef, useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { gatesApi, type Passage } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

/** Somebody was stopped a moment ago, and whoever may puts it right. */
export function Override({ scopeId, row, newId }: { scopeId: string; row: Passage; newId: () => string }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  // One passage, however often it has to be sent.
  const id = useRef('');
  const let_through = async (): Promise<void> => {
    if (id.current === '') id.current = newId();
    const body = { id: id.current, passageId: row.id, reason: reason.trim() };
    const done = await send(body, () => gatesApi.override(scopeId, row.gateId, body));
    if (done === undefined) return;
    notify(t('gates.passage.overridden'));
    again();
    setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('gates.passage.override')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('gates.passage.overrideTitle')}
          send={t('gates.passage.override')}
          isWhole={reason.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={let_through}
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{t('gates.passage.overrideWords')}</p>
          <p className={css.warning}>{t('gate.mayNot')}</p>
          <TextField
            label={t('gates.passage.reason')}
            value={reason}
            maxLength={200}
            isRequired
            onChange={setReason}
          />
        </FormDialog>
      )}
    </>
  );
}

const spans = [2, 7, 30] as const;
const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000 - new Date().getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 10);

/** When one pass went through; the purpose is kept with who looked. */
export function SearchPassages({ scopeId, row, gate }: { scopeId: string; row: Passage; gate: string }) {
  const { t, exact, number } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const [days, setDays] = useState<(typeof spans)[number]>(7);
  const [found, setFound] = useState<readonly Passage[]>();
  const search = async (): Promise<void> => {
    if (row.passId === null) return;
    const body = {
      scopeId,
      passId: row.passId,
      purpose: purpose.trim(),
      from: dayBefore(days - 1),
      to: dayBefore(0),
    };
    const answer = await send(body, () => gatesApi.search(body));
    if (answer !== undefined) setFound(answer.items);
  };
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={`${t('gates.passage.search')} ${row.name ?? gate} ${exact(row.recordedAt)}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('gates.passage.search')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('gates.passage.searchTitle')}
          send={t('gates.passage.search')}
          isWhole={purpose.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={search}
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{t('gates.passage.searchWords')}</p>
          <TextField
            label={t('gates.passage.purpose')}
            value={purpose}
            maxLength={200}
            isRequired
            onChange={setPurpose}
          />
          <Select
            label={t('gates.passage.days')}
            value={String(days)}
            options={spans.map((value) => ({
              value: String(value),
              label: t('gates.passage.lastDays', { days: value }),
            }))}
            onChange={(next) => {
              setDays(spans.find((value) => String(value) === next) ?? 7);
            }}
          />
          {found !== undefined && (
            <div role="status">
              <p>{t('gates.passage.found', { count: number(found.length) })}</p>
              <ul className={css.checks}>
                {found.map((one) => (
                  <li key={one.id}>
                    {exact(one.happenedAt)}{' '}
                    {t(one.direction === 'in' ? 'gates.passage.in' : 'gates.passage.out')}
                    {' · '}
                    {t(`gate.outcomes.${one.outcome}`)}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </FormDialog>
      )}
    </>
  );
}

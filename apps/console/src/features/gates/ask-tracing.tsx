import { Button, notify, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { gatesApi, type Passage, type Tracings } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

const minute = 60_000;
/** As a field of date and time, or of a date, says it: by the clock of who looks. */
const local = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * minute).toISOString().slice(0, 16);

interface Draft {
  readonly policyId: string;
  readonly requestNo: string;
  readonly authority: string;
  readonly documentRef: string;
  readonly requestedOn: string;
  readonly matter: string;
  readonly from: string;
  readonly to: string;
  readonly window: string;
  readonly destroyOn: string;
}

/** As little as there is to ask: an hour around the one passage, ten minutes, two weeks. */
function begin(row: Passage, { measures, limits }: Tracings): Draft {
  const at = Date.parse(row.happenedAt);
  const [measure] = measures;
  const earliest = measure === undefined ? at : Date.parse(measure.startsAt);
  return {
    policyId: measure?.id ?? '',
    requestNo: '',
    authority: '',
    documentRef: '',
    requestedOn: local(Date.now()).slice(0, 10),
    matter: '',
    from: local(Math.max(earliest + minute, at - 60 * minute)),
    to: local(Math.min(Date.now(), at + 60 * minute)),
    window: String(Math.min(10, limits.windowMinutes)),
    destroyOn: local(Date.now() + Math.min(14, limits.keepDays) * 1_440 * minute).slice(0, 10),
  };
}

/** A written request, recorded; nothing is looked up until somebody of another office authorises it. */
export function AskTracing({
  scopeId,
  row,
  gate,
  tracings,
}: {
  scopeId: string;
  row: Passage;
  gate: string;
  tracings: Tracings;
}) {
  const { t, exact } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={`${t('tracing.ask')} ${row.name ?? gate} ${exact(row.recordedAt)}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('tracing.ask')}
      </Button>
      {isOpen && (
        <AskForm
          scopeId={scopeId}
          row={row}
          tracings={tracings}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function AskForm({
  scopeId,
  row,
  tracings,
  onClose,
}: {
  scopeId: string;
  row: Passage;
  tracings: Tracings;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [draft, setDraft] = useState(() => begin(row, tracings));
  const { measures, limits } = tracings;
  const field = (
    name: Exclude<keyof Draft, 'policyId'>,
    label: string,
    more: { readonly type?: 'date' | 'datetime-local'; readonly maxLength?: number } = {},
  ) => (
    <TextField
      label={label}
      value={draft[name]}
      isRequired
      {...more}
      onChange={(value) => {
        setDraft((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  const windowMinutes = Number(draft.window);
  const isWhole =
    Object.values(draft).every((value: string) => value.trim() !== '') &&
    Number.isInteger(windowMinutes) &&
    windowMinutes >= 1;
  const ask = async (): Promise<void> => {
    const { window: _window, from, to, ...rest } = draft;
    const body = {
      ...rest,
      scopeId,
      gateId: row.gateId,
      passageId: row.id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      windowMinutes,
    };
    const done = await send(body, (key) => gatesApi.askTracing(body, key));
    if (done === undefined) return;
    notify(t('tracing.sent'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('tracing.askTitle')}
      send={t('tracing.send')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={ask}
      onClose={onClose}
    >
      <p>{t('tracing.askWords')}</p>
      <Select
        label={t('tracing.measure')}
        value={draft.policyId}
        options={measures.map(({ id, name, documentNo }) => ({
          value: id,
          label: `${name} · ${documentNo}`,
        }))}
        onChange={(policyId) => {
          setDraft((before) => ({ ...before, policyId }));
        }}
      />
      {field('authority', t('tracing.authority'), { maxLength: 120 })}
      <div className={css.pair}>
        {field('requestNo', t('tracing.requestNo'), { maxLength: 80 })}
        {field('requestedOn', t('tracing.requestedOn'), { type: 'date' })}
      </div>
      {field('documentRef', t('tracing.documentRef'), { maxLength: 200 })}
      {field('matter', t('tracing.matter'), { maxLength: 400 })}
      <div className={css.pair}>
        {field('from', t('tracing.from'), { type: 'datetime-local' })}
        {field('to', t('tracing.to'), { type: 'datetime-local' })}
      </div>
      <div className={css.pair}>
        {field('window', t('tracing.window', { most: limits.windowMinutes }), { maxLength: 4 })}
        {field('destroyOn', t('tracing.destroyOn', { days: limits.keepDays }), { type: 'date' })}
      </div>
    </FormDialog>
  );
}

import { Checkbox, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { gatesApi, type Measure } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';
import { askable, bodyOf, checksOf, emptyDraft, followUpOf, type MeasureDraft } from './measure-draft.ts';
import { useMeasureWords } from './measure-words.ts';

const outcomes = ['pass_report', 'refer', 'refuse'] as const;
const reaches = ['compound', 'community', 'street'] as const;
const noAnswers = ['refer', 'last_known', 'pass'] as const;

/** A decision of a competent authority, carried out. What people will meet stands beside it before it is sent. */
export function MeasureForm({
  scopeId: begin,
  onClose,
}: {
  scopeId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useText();
  const words = useMeasureWords();
  const { isBusy, error, send } = useSend();
  const { acting } = useMe();
  const [reach, setReach] = useState<Measure['reach']>('compound');
  // A street's officer orders for their own street; the city chooses one.
  const ownStreet = acting.scopeKind === 'street' ? acting.scopeId : undefined;
  const [scopeId, setScope] = useState(begin);
  const isCompound = reach === 'compound';
  const [draft, setDraft] = useState(emptyDraft);
  const change = (part: Partial<MeasureDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId ?? ''),
    queryFn: () => api.buildings(scopeId ?? ''),
    enabled: isCompound && scopeId !== undefined,
  });
  const body = scopeId === undefined ? null : bodyOf(draft, scopeId);
  const checks = checksOf(draft);
  const allowed = { tracing: draft.tracing, followUp: followUpOf(draft) ?? null };
  const order = async (): Promise<void> => {
    if (body === null) return;
    const done = await send(body, (key) => gatesApi.order(body, key));
    if (done === undefined) return;
    notify(t('gates.measures.sent'));
    again();
    onClose();
  };
  const text = (
    name: 'name' | 'authority' | 'documentNo',
    label: 'name' | 'authority' | 'document',
    maxLength: number,
  ) => (
    <TextField
      label={t(`gates.measures.${label}`)}
      value={draft[name]}
      maxLength={maxLength}
      isRequired
      onChange={(value) => {
        change({ [name]: value });
      }}
    />
  );
  const time = (name: 'from' | 'to', label: 'starts' | 'ends') => (
    <TextField
      label={t(`gates.measures.${label}`)}
      type="datetime-local"
      value={draft[name]}
      isRequired
      onChange={(value) => {
        change({ [name]: value });
      }}
    />
  );
  const figure = (
    name: 'degrees' | 'hours' | 'doses' | 'riskDays' | 'most' | 'retentionDays' | 'followDays' | 'awayHours',
    label: 'limit' | 'hours' | 'doses' | 'riskDays' | 'most' | 'retention' | 'followDays' | 'awayHours',
  ) => (
    <TextField
      label={t(`gates.measures.${label}`)}
      inputMode="decimal"
      value={draft[name]}
      onChange={(value) => {
        change({ [name]: value });
      }}
    />
  );
  return (
    <FormDialog
      title={t('gates.measures.new')}
      send={t('gates.measures.send')}
      isWhole={body !== null}
      isBusy={isBusy}
      error={error}
      onSend={order}
      onClose={onClose}
    >
      <Select
        label={t('gates.reach.label')}
        value={reach}
        options={reaches.map((value) => ({ value, label: t(`gates.reach.${value}`) }))}
        onChange={(next) => {
          const chosen = reaches.find((value) => value === next) ?? 'compound';
          setReach(chosen);
          setScope(chosen === 'street' ? ownStreet : chosen === 'compound' ? begin : undefined);
          change({ buildingId: '' });
        }}
      />
      {!(reach === 'street' && ownStreet !== undefined) && (
        <ScopePicker
          key={reach}
          kind={reach}
          label={isCompound ? t('gates.compound') : t(`gates.reach.${reach}`)}
          placeholder={isCompound ? t('gates.compound') : t(`gates.reach.${reach}`)}
          value={scopeId}
          onChange={(next) => {
            setScope(next);
            change({ buildingId: '' });
          }}
        />
      )}
      {!isCompound && <p className={css.quiet}>{t('gates.reach.words')}</p>}
      {isCompound && (
        <Select
          label={t('gates.measures.where')}
          value={draft.buildingId}
          options={[
            { value: '', label: t('gates.wholeCompound') },
            ...(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(buildingId) => {
            change({ buildingId });
          }}
        />
      )}
      {text('name', 'name', 80)}
      {text('authority', 'authority', 120)}
      {text('documentNo', 'document', 80)}
      <div className={css.pair}>
        {time('from', 'starts')}
        {time('to', 'ends')}
      </div>
      <fieldset className={css.point}>
        <legend>{t('gates.measures.checks')}</legend>
        {askable.map((name) => (
          <Checkbox
            key={name}
            isSelected={draft.asks[name]}
            onChange={(isAsked) => {
              change({ asks: { ...draft.asks, [name]: isAsked } });
            }}
          >
            {t(`gate.checks.${name}`)}
          </Checkbox>
        ))}
      </fieldset>
      <div className={css.pair}>
        {draft.asks.temperature && figure('degrees', 'limit')}
        {draft.asks.test && figure('hours', 'hours')}
        {draft.asks.vaccination && figure('doses', 'doses')}
        {draft.asks.travel && figure('riskDays', 'riskDays')}
        {draft.asks.capacity && figure('most', 'most')}
        {figure('retentionDays', 'retention')}
      </div>
      <Select
        label={t('gates.measures.otherwise')}
        value={draft.otherwise}
        options={outcomes.map((value) => ({ value, label: t(`gates.measures.hard.${value}`) }))}
        onChange={(next) => {
          change({ otherwise: outcomes.find((value) => value === next) ?? 'refer' });
        }}
      />
      <Select
        label={t('gates.measures.noAnswer')}
        value={draft.noAnswer}
        options={noAnswers.map((value) => ({
          value,
          label: t(`gates.measures.noAnswers.${value}`, { minutes: 1_440 }),
        }))}
        onChange={(next) => {
          change({ noAnswer: noAnswers.find((value) => value === next) ?? 'refer' });
        }}
      />
      <fieldset className={css.point}>
        <legend>{t('gates.measures.allows')}</legend>
        <Checkbox
          isSelected={draft.followUp}
          onChange={(followUp) => {
            change({ followUp });
          }}
        >
          {t('gates.measures.allowFollowUp')}
        </Checkbox>
        {draft.followUp && (
          <div className={css.pair}>
            {figure('followDays', 'followDays')}
            {figure('awayHours', 'awayHours')}
          </div>
        )}
        <Checkbox
          isSelected={draft.tracing}
          onChange={(tracing) => {
            change({ tracing });
          }}
        >
          {t('gates.measures.allowTracing')}
        </Checkbox>
      </fieldset>
      <div className={css.preview} role="status">
        <p className={css.name}>{t('gates.measures.preview')}</p>
        <ul className={css.checks}>
          {[...(checks === null ? [] : words.checks(checks)), ...words.allowed(allowed)].map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li>{t('gates.measures.urgent')}</li>
          <li>{t('gates.measures.noSeal')}</li>
        </ul>
      </div>
    </FormDialog>
  );
}

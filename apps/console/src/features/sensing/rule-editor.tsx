import { Checkbox, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type SensorRule, type SensorRules, sensingApi } from './api.ts';
import { clockOf, minutesOf, readNumber, readSeconds } from './rule-draft.ts';
import css from './sensing.module.css';
import { STATE_KINDS, useSensingWords } from './words.ts';

/** From which day a rule holds differently here, and on what grounds. */
export function RuleEditor({
  rules,
  rule,
  onClose,
}: {
  rules: SensorRules;
  rule: SensorRule;
  onClose: () => void;
}) {
  const { t, named, duration } = useText();
  const words = useSensingWords();
  const { isBusy, error, send } = useSend();
  const { condition } = rule;
  const [first, second] =
    condition.is === 'silent'
      ? [condition.afterSeconds, condition.goneAfterSeconds]
      : [condition.raiseAt, condition.clearAt];
  const [draft, setDraft] = useState({
    first: String(first),
    second: String(second),
    forSeconds: String(rule.forSeconds),
    clearForSeconds: String(rule.clearForSeconds),
    restSeconds: String(rule.restSeconds),
    isQuiet: rule.quiet !== null,
    quietFrom: clockOf(rule.quiet?.from ?? 22 * 60),
    quietTo: clockOf(rule.quiet?.to ?? 7 * 60),
    categoryCode: rule.categoryCode,
    isActive: rule.isActive,
    validFrom: rules.earliest,
    source: '',
  });
  const set = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const categories = useQuery({
    queryKey: queryKeys.catalogue(rules.scopeId),
    queryFn: () => api.catalogue(rules.scopeId),
  });
  const options = (categories.data?.items ?? [])
    .filter(({ place, code }) => place !== 'home' || code === rule.categoryCode)
    .map((one) => ({ value: one.code, label: named({ zh: one.nameZh, en: one.nameEn }) }));
  const isSilence = condition.is === 'silent';
  const isState = STATE_KINDS.has(rule.kind);
  const read = isSilence ? readSeconds : readNumber;
  const values = [read(draft.first), read(draft.second)] as const;
  const [forSeconds, clearForSeconds, restSeconds] = [
    readSeconds(draft.forSeconds),
    readSeconds(draft.clearForSeconds),
    readSeconds(draft.restSeconds),
  ];
  const quiet = draft.isQuiet ? { from: minutesOf(draft.quietFrom), to: minutesOf(draft.quietTo) } : null;
  const isWhole =
    values[0] !== null &&
    values[1] !== null &&
    forSeconds !== null &&
    clearForSeconds !== null &&
    restSeconds !== null &&
    (quiet === null || (quiet.from !== null && quiet.to !== null)) &&
    draft.validFrom !== '' &&
    draft.source.trim() !== '';
  const save = async (): Promise<void> => {
    const [a, b] = values;
    if (a === null || b === null) return;
    const body = {
      scopeId: rules.scopeId,
      expectedVersion: rule.ownVersion,
      validFrom: draft.validFrom,
      source: draft.source.trim(),
      condition:
        condition.is === 'silent'
          ? { is: condition.is, afterSeconds: a, goneAfterSeconds: b }
          : { is: condition.is, raiseAt: a, clearAt: b },
      forSeconds: forSeconds ?? 0,
      clearForSeconds: clearForSeconds ?? 0,
      restSeconds: restSeconds ?? 0,
      quiet: quiet === null ? null : { from: quiet.from ?? 0, to: quiet.to ?? 0 },
      categoryCode: draft.categoryCode,
      isActive: draft.isActive,
    };
    if ((await send(body, () => sensingApi.saveRule(rule.code, body))) === undefined) return;
    notify(t('sensing.saved'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.devices });
    onClose();
  };
  type Written = 'first' | 'second' | 'forSeconds' | 'clearForSeconds' | 'restSeconds';
  const field = (name: Written, label: string, isTime: boolean) => {
    const seconds = readSeconds(draft[name]);
    const isWrong = isTime ? seconds === null : readNumber(draft[name]) === null;
    return (
      <TextField
        label={label}
        value={draft[name]}
        inputMode={isTime ? 'numeric' : 'decimal'}
        maxLength={9}
        description={isTime && seconds !== null ? duration(seconds * 1_000) : undefined}
        error={isWrong ? t(isTime ? 'sensing.rule.whole' : 'sensing.rule.number') : undefined}
        onChange={(next) => {
          set({ [name]: next });
        }}
      />
    );
  };
  return (
    <FormDialog
      title={t('sensing.rule.changing', { rule: words.rule(rule.code) })}
      send={t('sensing.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      <Checkbox
        isSelected={draft.isActive}
        onChange={(isActive) => {
          set({ isActive });
        }}
      >
        {t('sensing.rule.isActive')}
      </Checkbox>
      {!isState && (
        <div className={css.pair}>
          {field('first', t(isSilence ? 'sensing.rule.after' : 'sensing.rule.raiseAt'), isSilence)}
          {field('second', t(isSilence ? 'sensing.rule.gone' : 'sensing.rule.clearAt'), isSilence)}
        </div>
      )}
      <div className={css.pair}>
        {!isSilence && field('forSeconds', t('sensing.rule.for'), true)}
        {field('clearForSeconds', t('sensing.rule.clearFor'), true)}
        {field('restSeconds', t('sensing.rule.rest'), true)}
      </div>
      <Checkbox
        isSelected={draft.isQuiet}
        onChange={(isQuiet) => {
          set({ isQuiet });
        }}
      >
        {t('sensing.rule.isQuiet')}
      </Checkbox>
      {draft.isQuiet && (
        <div className={css.pair}>
          <TextField
            label={t('sensing.rule.quietFrom')}
            type="time"
            value={draft.quietFrom}
            onChange={(quietFrom) => {
              set({ quietFrom });
            }}
          />
          <TextField
            label={t('sensing.rule.quietTo')}
            type="time"
            value={draft.quietTo}
            onChange={(quietTo) => {
              set({ quietTo });
            }}
          />
        </div>
      )}
      <Select
        label={t('sensing.rule.category')}
        value={draft.categoryCode}
        options={options}
        onChange={(categoryCode) => {
          set({ categoryCode });
        }}
      />
      <TextField
        label={t('sensing.rule.validFrom')}
        type="date"
        value={draft.validFrom}
        onChange={(validFrom) => {
          set({ validFrom });
        }}
      />
      <TextField
        label={t('sensing.rule.source')}
        value={draft.source}
        maxLength={200}
        isRequired
        onChange={(source) => {
          set({ source });
        }}
      />
    </FormDialog>
  );
}

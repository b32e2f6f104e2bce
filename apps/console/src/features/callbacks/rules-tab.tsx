import { Button, Checkbox, Dialog, ErrorState, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deskApi, deskKeys } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import css from '../rules/rules.module.css';
import { useSaving } from '../rules/use-saving.ts';
import { callbackApi, callbackKeys, type CallbackRow, type CallbackTable, type SaidRules } from './api.ts';
import { ScriptEditor } from './script-editor.tsx';

const REASONS = ['unanswered', 'unsatisfied', 'emergency', 'all', 'sample'] as const;
type Reason = (typeof REASONS)[number];

/** Whom the desk calls, how soon and how often; and what it asks. */
export default function CallbacksTab({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, tk, named, exact } = text;
  const table = useQuery({
    queryKey: callbackKeys.rules(scopeId),
    queryFn: () => callbackApi.rules(scopeId),
  });
  const entries = useQuery({ queryKey: deskKeys.entries(scopeId), queryFn: () => deskApi.entries(scopeId) });
  const [open, setOpen] = useState<CallbackRow | 'new' | null>(null);
  if (table.isPending) return <Skeleton label={t('common.loading')} lines={10} isCard />;
  if (table.isError)
    return <ErrorState text={problemText(table.error, text)} onRetry={() => void table.refetch()} />;
  const { items, own, mayEdit, earliest } = table.data;
  const nameOf = (code: string | null): string => {
    if (code === null) return t('callbacks.every');
    const found = entries.data?.items.find((one) => one.code === code)?.current;
    return found === undefined ? code : named({ zh: found.nameZh, en: found.nameEn });
  };
  return (
    <div className={css.main}>
      <p className={css.hint}>{t(mayEdit ? 'callbacks.hint' : 'desk.rules.readOnly')}</p>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('callbacks.rules')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('callbacks.matter')}</th>
              {REASONS.map((reason) => (
                <th key={reason} scope="col">
                  {t(`callbackReasons.${reason}`)}
                </th>
              ))}
              <th scope="col">{t('callbacks.since')}</th>
              {mayEdit && (
                <th>
                  <span className="gz-hidden">{t('desk.duties.change')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.categoryCode ?? ''}>
                <th scope="row">{nameOf(one.categoryCode)}</th>
                {REASONS.map((reason) => (
                  <td key={reason}>
                    <Said rules={one.rules} reason={reason} />
                  </td>
                ))}
                <td>
                  <span className={css.tag}>{tk(`desk.level.${one.level}`)}</span>{' '}
                  <span className={css.meta}>
                    {one.validFrom} {one.changedByName}
                  </span>
                </td>
                {mayEdit && (
                  <td>
                    <Button size="small" onPress={() => setOpen(one)}>
                      {t('desk.duties.change')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayEdit && (
        <div>
          <Button size="small" onPress={() => setOpen('new')}>
            {t('callbacks.oneMatter')}
          </Button>
        </div>
      )}
      {own.length > 0 && (
        <details className={css.changed}>
          <summary>{t('callbacks.history', { count: own.length })}</summary>
          <ul className={css.versions}>
            {own.map((one) => (
              <li key={`${one.categoryCode}.${one.version}`}>
                <span className={css.tag}>{one.validFrom}</span>
                <span>{nameOf(one.categoryCode)}</span>
                <span>
                  {one.rules === null
                    ? t('callbacks.backToUsual')
                    : REASONS.filter((reason) => one.rules?.[reason] !== undefined)
                        .map((reason) => t(`callbackReasons.${reason}`))
                        .join(' · ')}
                </span>
                <span className={css.meta}>
                  {one.reason} {one.changedByName} {exact(one.changedAt)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <ScriptEditor scopeId={scopeId} />
      {open !== null && (
        <RuleDialog
          key={open === 'new' ? 'new' : (open.categoryCode ?? '')}
          table={table.data}
          row={open === 'new' ? null : open}
          title={open === 'new' ? t('callbacks.oneMatter') : nameOf(open.categoryCode)}
          matters={(entries.data?.items ?? []).map(({ code, current }) => ({
            id: code,
            label: named({ zh: current.nameZh, en: current.nameEn }),
          }))}
          earliest={earliest}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** One reason of one matter: after how long, how often; a dash where nobody is called. */
function Said({ rules, reason }: { rules: SaidRules; reason: Reason }) {
  const { t, number } = useText();
  const rule = rules[reason];
  if (rule === undefined) return <span className={css.meta}>{t('callbacks.nobody')}</span>;
  return (
    <>
      {reason === 'sample' && rules.sample !== undefined && (
        <strong>{t('callbacks.percent', { percent: number(rules.sample.percent) })} </strong>
      )}
      {rule.delayHours === 0 ? t('callbacks.atOnce') : t('callbacks.after', { count: rule.delayHours })}
      <span className={css.meta}>
        {t('callbacks.times', { count: rule.attempts, hours: rule.retryHours })}
      </span>
    </>
  );
}

interface RuleDraft {
  isOn: boolean;
  delayHours: string;
  attempts: string;
  retryHours: string;
  percent: string;
}

const draftOf = (rules: SaidRules, reason: Reason): RuleDraft => {
  const rule = rules[reason];
  return {
    isOn: rule !== undefined,
    delayHours: String(rule?.delayHours ?? 24),
    attempts: String(rule?.attempts ?? 3),
    retryHours: String(rule?.retryHours ?? 24),
    percent: String(rules.sample?.percent ?? 10),
  };
};

const isWhole = (text: string, least: number, most: number): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

function isRight({ isOn, delayHours, attempts, retryHours, percent }: RuleDraft, reason: Reason): boolean {
  if (!isOn) return true;
  return (
    isWhole(delayHours, 0, 1440) &&
    isWhole(attempts, 1, 10) &&
    isWhole(retryHours, 1, 168) &&
    (reason !== 'sample' ||
      (/^\d{1,3}(\.\d{1,2})?$/.test(percent.trim()) && Number(percent) >= 0 && Number(percent) <= 100))
  );
}

function RuleDialog({
  table,
  row,
  title,
  matters,
  earliest,
  onClose,
}: {
  table: CallbackTable;
  row: CallbackRow | null;
  title: string;
  matters: readonly { id: string; label: string }[];
  earliest: string;
  onClose: () => void;
}) {
  const { t } = useText();
  const saving = useSaving();
  const every = table.items[0];
  const begin = row ?? every;
  const [code, setCode] = useState<string | null>(row?.categoryCode ?? null);
  const [validFrom, setValidFrom] = useState(earliest);
  const [reason, setReason] = useState('');
  const [isGone, setGone] = useState(false);
  const [draft, setDraft] = useState<Record<Reason, RuleDraft> | null>(() =>
    begin === undefined
      ? null
      : (Object.fromEntries(REASONS.map((one) => [one, draftOf(begin.rules, one)])) as Record<
          Reason,
          RuleDraft
        >),
  );
  if (draft === null) return null;
  const change = (one: Reason, part: Partial<RuleDraft>): void => {
    setDraft({ ...draft, [one]: { ...draft[one], ...part } });
  };
  const isComplete =
    reason.trim() !== '' &&
    (row !== null || code !== null) &&
    (isGone || REASONS.every((one) => isRight(draft[one], one)));
  const ruleFrom = (one: Reason) => ({
    delayHours: Number(draft[one].delayHours),
    attempts: Number(draft[one].attempts),
    retryHours: Number(draft[one].retryHours),
  });
  const save = async (): Promise<void> => {
    const said: SaidRules = { unanswered: ruleFrom('unanswered') };
    for (const one of ['unsatisfied', 'emergency', 'all'] as const)
      if (draft[one].isOn) said[one] = ruleFrom(one);
    if (draft.sample.isOn) said.sample = { ...ruleFrom('sample'), percent: Number(draft.sample.percent) };
    const known = table.own.find((one) => one.categoryCode === code)?.version ?? 0;
    const done = await saving.run(async () => {
      await callbackApi.saveRules({
        scopeId: table.scopeId,
        categoryCode: code,
        expectedVersion: saving.newest ?? known,
        validFrom,
        rules: isGone ? null : said,
        reason: reason.trim(),
      });
      await queryClient.invalidateQueries({ queryKey: callbackKeys.rules(table.scopeId) });
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button variant="primary" isBusy={saving.isBusy} isDisabled={!isComplete} onPress={() => void save()}>
          {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
        </Button>
      }
    >
      <div className={css.form}>
        {row === null && (
          <Combo
            label={t('callbacks.matter')}
            placeholder={t('console.choose')}
            items={matters}
            value={code}
            onChange={setCode}
          />
        )}
        {row !== null && row.level !== 'base' && row.ownVersion > 0 && (
          <Checkbox isSelected={isGone} onChange={setGone}>
            {t('callbacks.backToUsual')}
          </Checkbox>
        )}
        {!isGone &&
          REASONS.map((one) => (
            <fieldset key={one} className={css.fields}>
              <legend className={css.legend}>{t(`callbackReasons.${one}`)}</legend>
              {one === 'unanswered' ? (
                <p className={css.hint}>{t('callbacks.always')}</p>
              ) : (
                <Checkbox isSelected={draft[one].isOn} onChange={(isOn) => change(one, { isOn })}>
                  {t('callbacks.call')}
                </Checkbox>
              )}
              {draft[one].isOn && (
                <div className={css.four}>
                  {one === 'sample' && (
                    <TextField
                      label={t('callbacks.percentField')}
                      inputMode="decimal"
                      value={draft.sample.percent}
                      onChange={(percent) => change(one, { percent })}
                    />
                  )}
                  <TextField
                    label={t('callbacks.delay')}
                    inputMode="numeric"
                    value={draft[one].delayHours}
                    onChange={(delayHours) => change(one, { delayHours })}
                  />
                  <TextField
                    label={t('callbacks.attempts')}
                    inputMode="numeric"
                    value={draft[one].attempts}
                    onChange={(attempts) => change(one, { attempts })}
                  />
                  <TextField
                    label={t('callbacks.retry')}
                    inputMode="numeric"
                    value={draft[one].retryHours}
                    onChange={(retryHours) => change(one, { retryHours })}
                  />
                </div>
              )}
              {!isRight(draft[one], one) && <p className={css.error}>{t('callbacks.wrong')}</p>}
            </fieldset>
          ))}
        <div className={css.row}>
          <TextField
            label={t('desk.rules.validFrom')}
            type="date"
            value={validFrom}
            error={saving.fault('validFrom')}
            onChange={setValidFrom}
          />
          <TextField
            label={t('callbacks.why')}
            maxLength={200}
            value={reason}
            error={saving.fault('reason')}
            onChange={setReason}
          />
        </div>
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

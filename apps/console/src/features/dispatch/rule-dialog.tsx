import { Button, Checkbox, Dialog, RadioGroup, TextField } from '@gongzhi/ui';
import { type ReactNode, useState } from 'react';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from '../rules/rules.module.css';
import { type Saving, useSaving } from '../rules/use-saving.ts';
import type { DispatchRules, ModeRow } from './rules-api.ts';

export const isWhole = (text: string, least: number, most: number): boolean =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

interface When {
  readonly from: 'now' | 'day';
  readonly day: string;
  readonly reason: string;
  readonly isGone: boolean;
}

/** What every change says beside the change itself: from when, and why. */
export function useRule(rules: DispatchRules, onClose: () => void) {
  const saving = useSaving();
  const [when, setWhen] = useState<When>({ from: 'now', day: rules.earliest, reason: '', isGone: false });
  return {
    saving,
    when,
    change: (part: Partial<When>) => setWhen((before) => ({ ...before, ...part })),
    said: (ownVersion: number) => ({
      scopeId: rules.scopeId,
      expectedVersion: saving.newest ?? ownVersion,
      startsOn: when.from === 'now' ? null : when.day,
      reason: when.reason.trim(),
    }),
    save: async (act: () => Promise<unknown>): Promise<void> => {
      const isDone = await saving.run(async () => {
        await act();
        await queryClient.invalidateQueries({ queryKey: ['dispatch-rules'] });
      });
      if (isDone) onClose();
    },
  };
}
type Rule = ReturnType<typeof useRule>;

export function RuleDialog({
  title,
  rules,
  rule,
  mayLeave,
  isComplete,
  onSave,
  onClose,
  children,
}: {
  title: string;
  rules: DispatchRules;
  rule: Rule;
  /** Whether something of this place's own holds, which may be given up. */
  mayLeave: boolean;
  isComplete: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  const { saving, when, change } = rule;
  const isReady = when.reason.trim() !== '' && (when.from === 'now' || when.day !== '');
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button
          variant="primary"
          isBusy={saving.isBusy}
          isDisabled={!isReady || !(isComplete || when.isGone)}
          onPress={onSave}
        >
          {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
        </Button>
      }
    >
      <div className={css.form}>
        {mayLeave && (
          <Checkbox isSelected={when.isGone} onChange={(isGone) => change({ isGone })}>
            {t('dispatchRules.backToNext')}
          </Checkbox>
        )}
        {children}
        <RadioGroup
          label={t('dispatchRules.from')}
          value={when.from}
          options={[
            {
              value: 'now',
              label: t('dispatchRules.fromNow'),
              description:
                rules.waiting === 0
                  ? t('dispatchRules.nobodyWaits')
                  : t('dispatchRules.waiting', { count: rules.waiting }),
            },
            { value: 'day', label: t('dispatchRules.fromDay') },
          ]}
          onChange={(from: 'now' | 'day') => change({ from })}
        />
        <div className={css.row}>
          {when.from === 'day' && (
            <TextField
              label={t('dispatchRules.day')}
              type="date"
              value={when.day}
              error={saving.fault('startsOn')}
              onChange={(day) => change({ day })}
            />
          )}
          <TextField
            label={t('dispatchRules.why')}
            maxLength={200}
            value={when.reason}
            error={saving.fault('reason')}
            onChange={(reason) => change({ reason })}
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

export const isOwn = (
  rules: DispatchRules,
  { level, ownVersion }: Pick<ModeRow, 'level' | 'ownVersion'>,
): boolean => ownVersion > 0 && level === rules.kind;

export function Fault({ of, name }: { of: Saving; name: string }) {
  const words = of.fault(name);
  return words === undefined ? null : <p className={css.error}>{words}</p>;
}

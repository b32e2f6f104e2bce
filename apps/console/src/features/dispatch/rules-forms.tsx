import { Button, Checkbox, RadioGroup, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { Combo, type ComboItem } from '../../components/combo.tsx';
import css from '../rules/rules.module.css';
import type { Saving } from '../rules/use-saving.ts';
import { Fault, isOwn, isWhole, RuleDialog, useRule } from './rule-dialog.tsx';
import {
  type Chain,
  COUNTDOWNS,
  type Countdowns,
  type DispatchRules,
  type Mode,
  MODES,
  type ModeRow,
  type Role,
  ROLES,
  rulesApi,
} from './rules-api.ts';

/** By which way it is found who goes, for every matter or for one. */
export function ModeDialog({
  rules,
  row,
  title,
  matters,
  onClose,
}: {
  rules: DispatchRules;
  row: ModeRow | null;
  title: string;
  matters: readonly ComboItem[];
  onClose: () => void;
}) {
  const { t } = useText();
  const rule = useRule(rules, onClose);
  const [code, setCode] = useState<string | null>(row?.categoryCode ?? null);
  const [mode, setMode] = useState<Mode>(row?.mode ?? rules.modes[0]?.mode ?? 'by_hand');
  const known = (): number =>
    Math.max(
      0,
      ...rules.own.flatMap((one) =>
        one.subject === 'mode' && one.categoryCode === code ? [one.version] : [],
      ),
    );
  return (
    <RuleDialog
      title={title}
      rules={rules}
      rule={rule}
      mayLeave={row !== null && isOwn(rules, row)}
      isComplete={row !== null || code !== null}
      onSave={() =>
        void rule.save(() =>
          rulesApi.sayMode({
            ...rule.said(known()),
            categoryCode: code,
            value: rule.when.isGone ? null : mode,
          }),
        )
      }
      onClose={onClose}
    >
      {row === null && (
        <div>
          <Combo
            label={t('dispatchRules.matter')}
            placeholder={t('console.choose')}
            items={matters}
            value={code}
            onChange={setCode}
          />
          <Fault of={rule.saving} name="categoryCode" />
        </div>
      )}
      {!rule.when.isGone && (
        <>
          <RadioGroup
            label={t('dispatchRules.mode')}
            value={mode}
            options={MODES.filter((one) => one !== 'grab' || rules.mayGrab || mode === 'grab').map(
              (value) => ({
                value,
                label: t(`asking.mode.${value}`),
                description: t(`dispatchRules.modeWords.${value}`),
              }),
            )}
            onChange={setMode}
          />
          <p className={css.hint}>{t('dispatchRules.grab')}</p>
          <Fault of={rule.saving} name="value" />
        </>
      )}
    </RuleDialog>
  );
}

const LIMITS: Record<keyof Countdowns, readonly [number, number]> = {
  turnSeconds: [10, 3_600],
  grabSeconds: [10, 3_600],
  emergencySeconds: [60, 86_400],
};

/** How long somebody who is asked has to answer. */
export function CountdownDialog({ rules, onClose }: { rules: DispatchRules; onClose: () => void }) {
  const { t } = useText();
  const rule = useRule(rules, onClose);
  const { value, ownVersion } = rules.offers;
  const [draft, setDraft] = useState<Record<keyof Countdowns, string>>({
    turnSeconds: String(value.turnSeconds),
    grabSeconds: String(value.grabSeconds),
    emergencySeconds: String(value.emergencySeconds),
  });
  const isRight = (one: keyof Countdowns): boolean => isWhole(draft[one], ...LIMITS[one]);
  return (
    <RuleDialog
      title={t('dispatchRules.offers')}
      rules={rules}
      rule={rule}
      mayLeave={isOwn(rules, rules.offers)}
      isComplete={COUNTDOWNS.every(isRight)}
      onSave={() =>
        void rule.save(() =>
          rulesApi.sayOffers({
            ...rule.said(ownVersion),
            value: rule.when.isGone
              ? null
              : {
                  turnSeconds: Number(draft.turnSeconds),
                  grabSeconds: Number(draft.grabSeconds),
                  emergencySeconds: Number(draft.emergencySeconds),
                },
          }),
        )
      }
      onClose={onClose}
    >
      {!rule.when.isGone &&
        COUNTDOWNS.map((one) => (
          <TextField
            key={one}
            label={t('dispatchRules.seconds', { label: t(`dispatchRules.${one}`) })}
            inputMode="numeric"
            maxLength={5}
            value={draft[one]}
            error={
              rule.saving.fault(`value/${one}`) ??
              (isRight(one)
                ? undefined
                : t('dispatchRules.whole.range', { least: LIMITS[one][0], most: LIMITS[one][1] }))
            }
            onChange={(text) => setDraft((before) => ({ ...before, [one]: text }))}
          />
        ))}
    </RuleDialog>
  );
}

interface StepDraft {
  readonly afterMinutes: string;
  readonly to: Role;
}
const draftOf = (steps: Chain['normal']): StepDraft[] =>
  steps.map(({ afterMinutes, to }) => ({ afterMinutes: String(afterMinutes), to }));
const stepsOf = (draft: readonly StepDraft[]): Chain['normal'] =>
  draft.map(({ afterMinutes, to }) => ({ afterMinutes: Number(afterMinutes), to }));
const LONGEST = 10_080;

/** Who hears, step by step, that nobody has taken an order; and that nobody is at an emergency in time. */
export function ChainDialog({ rules, onClose }: { rules: DispatchRules; onClose: () => void }) {
  const { t, tk } = useText();
  const rule = useRule(rules, onClose);
  const { value, ownVersion } = rules.escalation;
  const [emergency, setEmergency] = useState(() => draftOf(value.emergency));
  const [normal, setNormal] = useState(() => draftOf(value.normal));
  const [notThere, setNotThere] = useState<readonly Role[]>(value.notThere);
  const [rest, setRest] = useState(String(value.acknowledgedMinutes));
  const areRight = (steps: readonly StepDraft[]): boolean =>
    steps.every(({ afterMinutes }) => isWhole(afterMinutes, 0, LONGEST));
  return (
    <RuleDialog
      title={t('dispatchRules.escalation')}
      rules={rules}
      rule={rule}
      mayLeave={isOwn(rules, rules.escalation)}
      isComplete={areRight(emergency) && areRight(normal) && notThere.length > 0 && isWhole(rest, 1, 240)}
      onSave={() =>
        void rule.save(() =>
          rulesApi.sayEscalation({
            ...rule.said(ownVersion),
            value: rule.when.isGone
              ? null
              : {
                  emergency: stepsOf(emergency),
                  normal: stepsOf(normal),
                  notThere: [...notThere],
                  acknowledgedMinutes: Number(rest),
                },
          }),
        )
      }
      onClose={onClose}
    >
      {!rule.when.isGone && (
        <>
          <Steps kind="emergency" steps={emergency} saving={rule.saving} onChange={setEmergency} />
          <Steps kind="normal" steps={normal} saving={rule.saving} onChange={setNormal} />
          <fieldset className={css.fields}>
            <legend className={css.legend}>{t('dispatchRules.chain.notThere')}</legend>
            <div className={css.checks} data-row>
              {ROLES.map((role) => (
                <Checkbox
                  key={role}
                  isSelected={notThere.includes(role)}
                  onChange={(isOn) =>
                    setNotThere(ROLES.filter((one) => (one === role ? isOn : notThere.includes(one))))
                  }
                >
                  {tk(`roles.${role}`)}
                </Checkbox>
              ))}
            </div>
            <Fault of={rule.saving} name="value/notThere" />
          </fieldset>
          <TextField
            label={t('dispatchRules.acknowledgedMinutes')}
            inputMode="numeric"
            maxLength={3}
            value={rest}
            error={
              isWhole(rest, 1, 240) ? undefined : t('dispatchRules.whole.range', { least: 1, most: 240 })
            }
            onChange={setRest}
          />
        </>
      )}
    </RuleDialog>
  );
}

function Steps({
  kind,
  steps,
  saving,
  onChange,
}: {
  kind: 'emergency' | 'normal';
  steps: readonly StepDraft[];
  saving: Saving;
  onChange: (steps: StepDraft[]) => void;
}) {
  const { t, tk } = useText();
  const free = ROLES.filter((role) => !steps.some(({ to }) => to === role));
  const change = (at: number, part: Partial<StepDraft>): void => {
    onChange(steps.map((step, i) => (i === at ? { ...step, ...part } : step)));
  };
  const [next] = free;
  return (
    <fieldset className={css.fields}>
      <legend className={css.legend}>{t(`dispatchRules.chain.${kind}`)}</legend>
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the chain
        <div key={i} className={css.step}>
          <TextField
            label={t('dispatchRules.afterMinutes')}
            inputMode="numeric"
            maxLength={5}
            value={step.afterMinutes}
            error={
              saving.fault(`value/${kind}/${i}/afterMinutes`) ??
              (isWhole(step.afterMinutes, 0, LONGEST)
                ? undefined
                : t('dispatchRules.whole.range', { least: 0, most: LONGEST }))
            }
            onChange={(afterMinutes) => change(i, { afterMinutes })}
          />
          <Select
            label={t('dispatchRules.to')}
            options={ROLES.filter((role) => role === step.to || free.includes(role)).map((role) => ({
              value: role,
              label: tk(`roles.${role}`),
            }))}
            value={step.to}
            error={saving.fault(`value/${kind}/${i}/to`)}
            onChange={(to) => {
              const role = ROLES.find((one) => one === to);
              if (role !== undefined) change(i, { to: role });
            }}
          />
          <Button
            size="small"
            variant="quiet"
            isDisabled={steps.length === 1}
            onPress={() => onChange(steps.filter((_, at) => at !== i))}
          >
            {t('dispatchRules.removeStep', { count: i + 1 })}
          </Button>
        </div>
      ))}
      {saving.fault(`value/${kind}`) !== undefined &&
        !steps.some((_, i) => saving.fault(`value/${kind}/${i}`)) && (
          <p className={css.error}>{saving.fault(`value/${kind}`)}</p>
        )}
      {next !== undefined && (
        <div>
          <Button
            size="small"
            onPress={() => {
              const last = Number(steps.at(-1)?.afterMinutes ?? 0);
              onChange([...steps, { afterMinutes: String(last + 10), to: next }]);
            }}
          >
            {t('dispatchRules.addStep')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

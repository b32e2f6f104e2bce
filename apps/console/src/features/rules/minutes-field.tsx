import { Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { joinMinutes, splitMinutes, type Unit, UNITS } from './minutes.ts';
import css from './rules.module.css';

/** A limit: a number and its unit. Gives minutes, or null while it is none. */
export function MinutesField({
  label,
  minutes,
  onChange,
  error,
}: {
  label: string;
  minutes: number;
  onChange: (minutes: number | null) => void;
  error?: string | undefined;
}) {
  const { t } = useText();
  const [begin] = useState(() => splitMinutes(minutes));
  const [value, setValue] = useState(String(begin.value));
  const [unit, setUnit] = useState<Unit>(begin.unit);
  const isWrong = joinMinutes(value, unit) === null;
  return (
    <div className={css.minutes}>
      <TextField
        label={label}
        value={value}
        inputMode="numeric"
        maxLength={6}
        error={error ?? (isWrong ? t('desk.limits.whole') : undefined)}
        onChange={(next) => {
          setValue(next);
          onChange(joinMinutes(next, unit));
        }}
      />
      <Select
        label={t('desk.limits.unit', { limit: label })}
        isLabelHidden
        options={UNITS.map((one) => ({ value: one, label: t(`desk.units.${one}`) }))}
        value={unit}
        onChange={(next) => {
          const chosen = UNITS.find((one) => one === next) ?? 'minutes';
          setUnit(chosen);
          onChange(joinMinutes(value, chosen));
        }}
      />
    </div>
  );
}

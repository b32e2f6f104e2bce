import { useId } from 'react';
import { useText } from '../app/text.ts';
import css from './date-range.module.css';

interface Range {
  from?: string | undefined;
  to?: string | undefined;
}

/** Two days, both inclusive; the browser's own calendar. */
export function DateRange({
  label,
  from,
  to,
  onChange,
  isStacked = false,
}: Range & { label: string; onChange: (change: Range) => void; isStacked?: boolean }) {
  const { t } = useText();
  const id = useId();
  const day = (name: 'from' | 'to', value: string | undefined, words: string) => (
    <label className={css.day}>
      <span>{words}</span>
      <input
        type="date"
        value={value ?? ''}
        min={name === 'to' ? from : undefined}
        max={name === 'from' ? to : undefined}
        onChange={(event) => {
          onChange({ [name]: event.target.value === '' ? undefined : event.target.value });
        }}
      />
    </label>
  );
  return (
    <div role="group" aria-labelledby={id} className={css.range} data-stacked={isStacked}>
      <span id={id} className={css.label}>
        {label}
      </span>
      {day('from', from, t('console.date.from'))}
      {day('to', to, t('console.date.to'))}
    </div>
  );
}

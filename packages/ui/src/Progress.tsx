import { useEffect, useState } from 'react';
import css from './Progress.module.css';
import { cx } from './tone.ts';

/** A turning ring. Give it a label where nothing else on the page says what is awaited. */
export function Spinner({ label }: { label?: string }) {
  return label === undefined ? (
    <span className={css.spinner} aria-hidden="true" />
  ) : (
    <output className={css.labelled}>
      <span className={css.spinner} aria-hidden="true" />
      <span>{label}</span>
    </output>
  );
}

/** A bar from 0 to 1 with its words. */
export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <label className={css.progress}>
      <span className={css.progressLabel}>{label}</span>
      <progress className={css.bar} value={Math.min(1, Math.max(0, value))} max={1} />
    </label>
  );
}

/** Longer than this a person wants to know that it goes on. */
const LONG_MS = 1000;

/** The shape of what is coming. `label` is read aloud in place of the grey lines. */
export function Skeleton({
  lines = 3,
  label,
  isCard = false,
}: {
  lines?: number;
  label: string;
  isCard?: boolean;
}) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, LONG_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <output className={cx(css.skeleton, isCard && css.card)}>
      <span className={isLong ? css.labelled : 'gz-hidden'}>
        {isLong && <Spinner />}
        <span>{label}</span>
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={css.line} />
      ))}
    </output>
  );
}

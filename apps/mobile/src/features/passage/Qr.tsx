import { encode } from 'uqr';
import css from './passage.module.css';

/** Black on white in every colour scheme and as wide as the phone: a reader behind glass must see it. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg className={css.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} className={css.paper} />
      <path d={path} className={css.ink} />
    </svg>
  );
}

/** Six digits as one reads them out: three and three. */
export function Digits({ value, label }: { value: string; label: string }) {
  return (
    <p className={css.digits} aria-label={`${label} ${[...value].join(' ')}`} role="img">
      {`${value.slice(0, 3)} ${value.slice(3)}`}
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import type { DeskSearch } from '../../app/routes.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { Measure } from './measures.ts';

/** A figure as people read it: counts, shares of a hundred, minutes below two hours and hours above. */
export function useFigure(): (kind: Measure['kind'], value: number | null) => string {
  const { t, number, percent } = useText();
  return (kind, value) => {
    if (value === null) return '–';
    if (kind === 'share') return percent(value);
    if (kind === 'count') return number(value);
    return value < 120
      ? t('console.compare.minutes', { count: number(Math.round(value)) })
      : t('console.compare.hours', { count: number(Math.round(value / 6) / 10) });
  };
}

/** A number that opens what it counts; plain where nothing is behind it, or nothing this reader may narrow to. */
export function NumberLink({
  list,
  count,
  shown,
  className,
}: {
  list: DeskSearch | null;
  /** How many are behind it. */
  count: number;
  shown: string;
  className?: string | undefined;
}) {
  if (list === null || count === 0) return <span className={className}>{shown}</span>;
  return (
    <Link {...url.desk(list)} {...(className === undefined ? {} : { className })}>
      {shown}
    </Link>
  );
}

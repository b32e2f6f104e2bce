import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  Hourglass,
  Inbox,
  type LucideIcon,
  OctagonAlert,
  Timer,
} from 'lucide-react';
import { useText } from '../../app/text.ts';
import type { OverviewData } from './api.ts';
import { mainFiguresOf } from './derive.ts';
import css from './wall.module.css';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly tone: 'plain' | 'moving' | 'due' | 'late' | 'done' | 'waiting';
  readonly icon: LucideIcon;
}

/** More digits than this don't fit in the largest type. */
const LARGEST = 99_999;

export function MainFigures({ overview, isWide }: { overview: OverviewData; isWide: boolean }) {
  const { t, locale, number } = useText();
  const of = mainFiguresOf(overview);
  const large = (value: number): string =>
    value > LARGEST ? new Intl.NumberFormat(locale, { notation: 'compact' }).format(value) : number(value);
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const percent = (value: number | null): string => (value === null ? '–' : rate.format(value));
  const ofOpen = (value: number): string =>
    t('wall.note.ofOpen', { percent: percent(of.open === 0 ? null : value / of.open) });
  const main: readonly Figure[] = [
    {
      label: t('wall.figure.today'),
      value: large(of.today),
      note: t('wall.note.yesterday', { number: number(of.yesterday) }),
      tone: 'plain',
      icon: Inbox,
    },
    {
      label: t('wall.figure.open'),
      value: large(of.open),
      note: t('wall.note.unassigned', { number: number(of.unassigned) }),
      tone: 'moving',
      icon: CircleDot,
    },
    {
      label: t('wall.figure.late'),
      value: large(of.late),
      note: t('wall.note.dueHour', { number: number(of.dueHour) }),
      tone: of.late > 0 ? 'late' : 'done',
      icon: of.late > 0 ? OctagonAlert : CircleCheck,
    },
    {
      label: t('wall.figure.onTime'),
      value: percent(of.onTime),
      note: t('wall.note.rate', { percent: percent(of.onTimeYesterday) }),
      // No threshold says from where on a rate is good.
      tone: 'plain',
      icon: Timer,
    },
  ];
  const more: readonly Figure[] = [
    {
      label: t('wall.figure.unassigned'),
      value: large(of.unassigned),
      note: ofOpen(of.unassigned),
      tone: 'waiting',
      icon: CircleDashed,
    },
    {
      label: t('wall.figure.dueHour'),
      value: large(of.dueHour),
      note: ofOpen(of.dueHour),
      tone: 'due',
      icon: Hourglass,
    },
  ];
  return (
    <dl className={css.figures}>
      {(isWide ? [...main, ...more] : main).map(({ label, value, note, tone, icon: Shape }) => (
        <div key={label} className={css.figure} data-tone={tone}>
          <dt>
            <Shape aria-hidden="true" className={css.shape} />
            {label}
          </dt>
          <dd className={css.value}>{value}</dd>
          <dd className={css.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react';
import { Icon } from './Icon.tsx';
import css from './Status.module.css';
import { cx, type Tone } from './tone.ts';

/** A shape a tone, so that nothing is said by colour alone. */
const SHAPES: Record<Tone, LucideIcon> = {
  waiting: CircleDashed,
  moving: CircleDot,
  due: TriangleAlert,
  late: OctagonAlert,
  done: CircleCheck,
};

export function ToneIcon({ tone, size }: { tone: Tone; size?: string }) {
  return (
    <span className={css.icon} data-tone={tone}>
      <Icon of={SHAPES[tone]} {...(size === undefined ? {} : { size })} />
    </span>
  );
}

/** Status: word, shape and colour. */
export function StatusChip({
  tone,
  word,
  isStrong = false,
}: {
  tone: Tone;
  word: string;
  isStrong?: boolean;
}) {
  return (
    <span className={cx(css.chip, isStrong && css.strong)} data-tone={tone}>
      <Icon of={SHAPES[tone]} size="1.1em" />
      <span>{word}</span>
    </span>
  );
}

/** How many. `label` says of what, for who listens. */
export function Badge({ count, label, tone }: { count: number; label: string; tone?: Tone }) {
  return (
    <span className={css.badge} data-tone={tone}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="gz-hidden">{label}</span>
    </span>
  );
}

/** A face where there is no photograph: the first character of the name. */
export function Avatar({ name, size = 'medium' }: { name: string; size?: 'small' | 'medium' | 'large' }) {
  return (
    <span className={cx(css.avatar, css[size])} aria-hidden="true">
      {[...name][0] ?? ''}
    </span>
  );
}

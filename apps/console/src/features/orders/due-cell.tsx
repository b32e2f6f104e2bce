import { Icon, useNow } from '@gongzhi/ui';
import { OctagonAlert, Pause, TriangleAlert } from 'lucide-react';
import type { OrderRow } from '../../api-types.ts';
import { type Text, useText } from '../../app/text.ts';
import css from './due-cell.module.css';
import { type Due, dueOf } from './status.ts';

/** The departure board's one glance: a word, a figure, a bar; late has a shape of its own besides its colour. */
export function DueCell({ row, isTight = false }: { row: OrderRow; isTight?: boolean }) {
  const text = useText();
  const now = useNow();
  const due = dueOf(row, now);
  if (due.state === 'none')
    return (
      <span className={css.none}>{due.wasLate ? text.t('console.due.wasLate') : isTight ? '' : '—'}</span>
    );
  if (due.state === 'paused')
    return (
      <span className={css.paused}>
        <Icon of={Pause} size={14} />
        {text.t('console.due.paused')}
        {due.wasLate && !isTight && <span className={css.was}>{text.t('lateness.late')}</span>}
      </span>
    );
  if (due.state === 'waiting')
    return (
      <span className={css.none} title={text.exact(due.at)}>
        {text.t('console.due.callback', { when: text.when(due.at, now) })}
      </span>
    );
  return (
    <span className={css.due} data-state={due.state} title={text.exact(due.at)}>
      <span className={css.words}>
        {due.state === 'late' && <Icon of={OctagonAlert} size={14} />}
        {due.state === 'soon' && <Icon of={TriangleAlert} size={14} />}
        {!isTight && <span className={css.kind}>{text.t(`console.clock.${due.kind}`)}</span>}
        <span className={css.figure}>{figure(due, text, now)}</span>
      </span>
      {/* Late has run out: its edge, its shape and its word say so, a full bar would only be noise. */}
      {due.state !== 'late' && !isTight && (
        <span className={css.track} aria-hidden="true">
          <span className={css.used} style={{ transform: `scaleX(${due.share})` }} />
        </span>
      )}
    </span>
  );
}

/** What the clock says: how late, how long still, or when. */
export function figure(
  due: Extract<Due, { kind: string }>,
  { t, duration, when }: Text,
  now: number,
): string {
  if (due.state === 'late') return t('console.due.late', { span: duration(due.leftMs) });
  if (due.state === 'soon') return t('console.due.left', { span: duration(due.leftMs) });
  return when(due.at, now);
}

import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { Fragment } from 'react';
import { useWords } from '../../app/words.ts';
import type { RoundLine } from './api.ts';
import css from './meters.module.css';
import type { WaitingReading } from './queue.ts';

export type LineState = 'todo' | 'done' | 'kept' | 'refused';

/** How far one meter of the round is: read, read and still on the phone, to be looked at again, or to be read. */
export function stateOf({ meter, isReadToday }: RoundLine, readings: readonly WaitingReading[]): LineState {
  const own = readings.filter(({ meterId }) => meterId === meter.id);
  if (own.some(({ refused }) => refused !== null)) return 'refused';
  if (own.length > 0) return 'kept';
  return isReadToday ? 'done' : 'todo';
}

const tones = { todo: 'waiting', done: 'done', kept: 'moving', refused: 'late' } as const;

/** The whole round, staircase by staircase; any of it can be gone to. */
export function RoundLines({
  items,
  readings,
  currentId,
  onChoose,
}: {
  items: readonly RoundLine[];
  readings: readonly WaitingReading[];
  currentId: string | null;
  onChoose: (meterId: string) => void;
}) {
  const { t } = useWords();
  const groupOf = ({ building, unit }: RoundLine): string => [building, unit].filter(Boolean).join(' ');
  return (
    <section aria-label={t('mobile.round.list')}>
      <ul className={css.lines}>
        {items.map((line, index) => {
          const { meter } = line;
          const state = stateOf(line, readings);
          const group = groupOf(line);
          const before = items[index - 1];
          return (
            <Fragment key={meter.id}>
              {(before === undefined || groupOf(before) !== group) && (
                <li className={css.unit}>{group === '' ? t('mobile.round.common') : group}</li>
              )}
              <li>
                <button
                  type="button"
                  aria-current={meter.id === currentId}
                  onClick={() => onChoose(meter.id)}
                >
                  <span>
                    {[meter.householdLabel, meter.spot, t(`metering.kind.${meter.kind}`)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  <StatusChip tone={tones[state]} word={t(`mobile.round.${state}`)} />
                </button>
              </li>
            </Fragment>
          );
        })}
      </ul>
    </section>
  );
}

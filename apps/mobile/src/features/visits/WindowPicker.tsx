import { useNow } from '@gongzhi/ui/useNow.ts';
import type { Window } from '../../api-types.ts';
import { useWords, type Words } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { clocksOf, type Day, daysFrom, isSame } from './slots.ts';
import css from './WindowPicker.module.css';

const MOST = 5;

/** Mornings, afternoons and evenings of the next days: pressing one offers it, pressing again takes it back. */
export function WindowPicker({
  label,
  hint,
  windows,
  most = MOST,
  error,
  onChange,
}: {
  label: string;
  hint?: string;
  windows: readonly Window[];
  /** One: choosing another takes its place. */
  most?: number;
  error?: string | undefined;
  onChange: (windows: readonly Window[]) => void;
}) {
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const { acting } = useMe();
  const press = (slot: Window): void => {
    const others = windows.filter((one) => !isSame(one, slot));
    if (others.length < windows.length) onChange(others);
    else onChange([...(most === 1 ? [] : others), { from: slot.from, to: slot.to }]);
  };
  return (
    <fieldset className={css.picker}>
      <legend className={css.legend}>{label}</legend>
      {hint !== undefined && <p className={css.hint}>{hint}</p>}
      {daysFrom(now, acting.timeZone).map((day) => (
        <div key={day.date} className={css.day}>
          <p className={css.name}>{nameOf(words, day)}</p>
          <div className={css.slots}>
            {day.slots.map((slot) => {
              const isChosen = windows.some((one) => isSame(one, slot));
              return (
                <button
                  key={slot.from}
                  type="button"
                  className={css.slot}
                  aria-pressed={isChosen}
                  disabled={!isChosen && most > 1 && windows.length >= most}
                  onClick={() => {
                    press(slot);
                  }}
                >
                  {t(`mobile.visit.${slot.part}`)} <span className={css.clocks}>{clocksOf(slot)}</span>
                </button>
              );
            })}
          </div>
        </div>
      ))}
      {error !== undefined && <p className={css.error}>{error}</p>}
    </fieldset>
  );
}

function nameOf({ t }: Words, { ahead, date }: Day): string {
  if (ahead === 0) return t('mobile.visit.today');
  if (ahead === 1) return t('mobile.visit.tomorrow');
  if (ahead === 2) return t('mobile.visit.dayAfter');
  const [, month = '', day = ''] = date.split('-');
  return t('mobile.visit.date', { month: Number(month), day: Number(day) });
}

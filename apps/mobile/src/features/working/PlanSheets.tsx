import { instantOn } from '@gongzhi/kernel/time.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { can, type SheetProps } from './WorkPanel.tsx';
import css from './working.module.css';

const HOUR = 3_600_000;

function useSheetDraft<Value extends object>(order: SheetProps['order'], act: string, fresh: () => Value) {
  const me = useMe();
  return useDraft(`${me.account.id}:${order.id}:${act}`, me.account.id, fresh);
}

/** A part that is ordered: the job rests until it is expected. */
export function PartSheet({ order, sheet, submit, onClose }: SheetProps) {
  const { t } = useWords();
  const draft = useSheetDraft(order, 'part', () => ({ what: '', supplier: '', day: '' }));
  const { what, supplier, day } = draft.value;
  const waiting = sheet.parts.filter(({ arrivedAt }) => arrivedAt === null);
  const send = async (): Promise<void> => {
    const done = await submit({
      action: 'order_part',
      what: what.trim(),
      expectedOn: day,
      ...(supplier.trim() === '' ? {} : { supplier: supplier.trim() }),
    });
    if (!done) return;
    await draft.clear();
    onClose();
  };
  return (
    <Sheet title={t('mobile.working.parts')} isOpen onOpenChange={onClose}>
      <ul className={css.list}>
        {waiting.map((part) => (
          <li key={part.id} className={css.form}>
            <span>{t('mobile.plan.part', { what: part.what, day: part.expectedOn })}</span>
            {can(sheet, 'part_arrived') && (
              <Button onPress={() => void submit({ action: 'part_arrived', partId: part.id })}>
                {t('workingActions.part_arrived')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {can(sheet, 'order_part') && (
        <div className={css.form}>
          <TextField
            label={t('mobile.part.what')}
            maxLength={200}
            value={what}
            onChange={(text) => {
              draft.change({ what: text });
            }}
          />
          <TextField
            label={t('mobile.part.supplier')}
            maxLength={100}
            value={supplier}
            onChange={(text) => {
              draft.change({ supplier: text });
            }}
          />
          <TextField
            label={t('mobile.part.day')}
            type="date"
            value={day}
            onChange={(text) => {
              draft.change({ day: text });
            }}
          />
          <p className={css.quiet}>{t('mobile.part.note')}</p>
          <Button
            variant="primary"
            isWide
            isDisabled={what.trim() === '' || day === ''}
            onPress={() => void send()}
          >
            {t('workingActions.order_part')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

/** Work that takes several visits: when the next one is, and what was done on this one. */
export function VisitSheet({ order, sheet, submit, onClose }: SheetProps) {
  const { t, locale } = useWords();
  const now = useNow();
  const draft = useSheetDraft(order, 'visit', () => ({ day: '', time: '09:00', purpose: '' }));
  const said = useSheetDraft(order, 'visit-done', () => ({ done: '', left: '' }));
  const { done, left } = said.value;
  const { day, time, purpose } = draft.value;
  const open = sheet.visits.find(({ doneAt, cancelledAt }) => doneAt === null && cancelledAt === null);
  const complete = async (visitId: string): Promise<void> => {
    const isDone = await submit({
      action: 'complete_visit',
      visitId,
      done: done.trim(),
      ...(left.trim() === '' ? {} : { left: left.trim() }),
    });
    // Refused: what was written stays, and so does the sheet.
    if (!isDone) return;
    await said.clear();
    onClose();
  };
  const plan = async (): Promise<void> => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    // The place's own clock, wherever the phone thinks it is.
    const from = instantOn(day, hours * 60 + minutes, sheet.timeZone);
    const isPlanned = await submit({
      action: 'plan_visit',
      from: new Date(from).toISOString(),
      to: new Date(from + 2 * HOUR).toISOString(),
      purpose: purpose.trim(),
    });
    if (!isPlanned) return;
    await draft.clear();
    onClose();
  };
  return (
    <Sheet title={t('mobile.working.visits')} isOpen onOpenChange={onClose}>
      {open !== undefined && (
        <div className={css.form}>
          <p>
            {t('mobile.plan.visit', {
              when: formatWhen(locale, open.plannedFrom, now),
              purpose: open.purpose,
            })}
          </p>
          {can(sheet, 'complete_visit') && (
            <>
              <TextField
                label={t('mobile.visit.done')}
                rows={2}
                maxLength={1000}
                value={done}
                onChange={(text) => {
                  said.change({ done: text });
                }}
              />
              <TextField
                label={t('mobile.visit.left')}
                rows={2}
                maxLength={1000}
                value={left}
                onChange={(text) => {
                  said.change({ left: text });
                }}
              />
              <Button
                variant="primary"
                isWide
                isDisabled={done.trim() === ''}
                onPress={() => void complete(open.id)}
              >
                {t('workingActions.complete_visit')}
              </Button>
            </>
          )}
        </div>
      )}
      {open === undefined && can(sheet, 'plan_visit') && (
        <div className={css.form}>
          <TextField
            label={t('mobile.visit.day')}
            type="date"
            value={day}
            onChange={(text) => {
              draft.change({ day: text });
            }}
          />
          <TextField
            label={t('mobile.visit.time')}
            type="time"
            value={time}
            onChange={(text) => {
              draft.change({ time: text });
            }}
          />
          <TextField
            label={t('mobile.visit.purpose')}
            maxLength={200}
            value={purpose}
            onChange={(text) => {
              draft.change({ purpose: text });
            }}
          />
          <Button
            variant="primary"
            isWide
            isDisabled={day === '' || time === '' || purpose.trim() === ''}
            onPress={() => void plan()}
          >
            {t('workingActions.plan_visit')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

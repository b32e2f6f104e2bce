import { formatSpan } from '@gongzhi/i18n/when.ts';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import type { Order } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';

/** On the worker's card: the hour that was agreed, the one that waits for an answer, or when somebody is at home. */
export function JobVisit({ order }: { order: Order }) {
  const { t, locale } = useWords();
  const now = useNow();
  const { appointment, windows } = order;
  const span = (one: { from: string; to: string }): string => formatSpan(locale, one.from, one.to, now);
  if (appointment !== null)
    return (
      <StatusChip
        tone={appointment.isAgreed ? 'moving' : 'due'}
        word={t(appointment.isAgreed ? 'mobile.visit.agreed' : 'mobile.visit.waits', {
          span: span(appointment),
        })}
      />
    );
  if (windows.length === 0) return null;
  return <p>{t('mobile.visit.residentAt', { spans: windows.map(span).join(t('common.listSeparator')) })}</p>;
}

import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useWords } from '../../app/words.ts';
import { categoryOf } from '../work-orders/say.ts';
import css from './Similar.module.css';

const LATELY = 50;

/** At which visit: the repairers who came to one's own orders, the last first. */
export function AboutField({
  scopeId,
  value,
  error,
  onChange,
}: {
  scopeId: string;
  value: string;
  error: string | undefined;
  onChange: (orderId: string) => void;
}) {
  const { t, locale } = useWords();
  const now = useNow();
  const mine = useQuery({
    queryKey: ['orders', 'visits', scopeId],
    queryFn: () => api.orders({ reporter: 'me', scopeId, sort: 'created', limit: LATELY }),
  });
  const visits = (mine.data?.items ?? []).filter(({ assigneeName }) => assigneeName !== null);
  return (
    <div>
      {visits.length > 0 && (
        <Select
          label={t('mobile.report.about')}
          placeholder={t('mobile.report.aboutNone')}
          value={value}
          error={error}
          options={visits.map((visit) => ({
            value: visit.id,
            label: t('mobile.report.aboutVisit', {
              name: visit.assigneeName ?? '',
              title: categoryOf(locale, visit),
              when: formatWhen(locale, visit.createdAt, now),
            }),
          }))}
          onChange={onChange}
        />
      )}
      <p className={css.text}>{t('mobile.report.aboutText')}</p>
    </div>
  );
}

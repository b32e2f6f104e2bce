import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { retry } from './queries.ts';
import css from './DutyFact.module.css';

/** Who pays and who does it, in one sentence, as the desk reads it too; and whom to call when it isn't ours. */
export function DutyFact({ order }: { order: Order }) {
  const { t, tKey, locale } = useWords();
  const { data } = useQuery({
    queryKey: ['duties', order.scopeId, order.categoryCode],
    queryFn: () => api.duties(order.scopeId, order.categoryCode),
    staleTime: 3_600_000,
    retry,
  });
  const own = data?.items.filter(({ duty }) => duty === order.duty) ?? [];
  const rule =
    own.find(({ categoryCode }) => categoryCode === order.categoryCode) ??
    own.find(({ categoryCode }) => categoryCode === null);
  if (rule === undefined) return null;
  const isChinese = locale === 'zh-CN';
  const written = isChinese ? rule.sentenceZh : rule.sentenceEn;
  const receiver = data?.receivers.find(({ code, isActive }) => isActive && code === rule.receiverCode);
  return (
    <div className={css.fact}>
      <dt>{t('duty.title')}</dt>
      <dd>
        {written ?? tKey(`duty.sentence.${rule.duty}`, {}, 'duty.title')}
        {receiver !== undefined && (
          <a className={css.call} href={`tel:${receiver.phone.replaceAll(' ', '')}`}>
            {isChinese ? receiver.nameZh : receiver.nameEn} {receiver.phone}
          </a>
        )}
      </dd>
    </div>
  );
}

import { Button, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Printer } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { gatesApi } from './api.ts';
import css from './certificate.module.css';

/** A sheet of paper that says what was destroyed, when, and on what ground; nothing of what it was. */
export function Certificate({ scopeId, id, onClose }: { scopeId: string; id: string; onClose: () => void }) {
  const text = useText();
  const { t, exact, number } = text;
  const found = useQuery({
    queryKey: [...queryKeys.gates, 'certificate', scopeId, id],
    queryFn: () => gatesApi.certificate(scopeId, id),
  });
  if (found.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (found.isError)
    return <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />;
  const { data } = found;
  const count = (value: number | null): string | null => (value === null ? null : number(value));
  const rule =
    data.kind === 'person' || data.kind === 'note'
      ? t(`certificate.rules.${data.kind}`, { days: data.days ?? 0 })
      : t(`certificate.rules.${data.kind}`);
  const facts: readonly (readonly [label: string, value: string | null])[] = [
    [t('certificate.place'), data.place],
    [t('certificate.what'), t(`certificate.kinds.${data.kind}`)],
    [t('certificate.measure'), data.measure],
    [t('certificate.authority'), data.authority],
    [t('certificate.document'), data.documentNo],
    [t('certificate.request'), data.requestNo],
    [t('certificate.period'), t('gates.measures.period', { from: exact(data.from), to: exact(data.to) })],
    [t('certificate.gates'), data.gates === 0 ? null : number(data.gates)],
    [t('certificate.count'), number(data.count)],
    [t('certificate.reasons'), count(data.reasons)],
    [t('certificate.health'), count(data.health)],
    [t('certificate.followUps'), count(data.followUps)],
    [t('certificate.orders'), count(data.orders)],
    [t('certificate.openings'), count(data.openings)],
    [t('certificate.flags'), count(data.flags)],
    [t('certificate.notes'), count(data.notes)],
    [t('certificate.rule'), rule],
    [t('certificate.doneAt'), exact(data.doneAt)],
    [t('certificate.number'), data.id],
  ];
  return (
    <>
      <div className={css.bar}>
        <Button variant="quiet" icon={ArrowLeft} onPress={onClose}>
          {t('certificate.back')}
        </Button>
        <Button
          variant="primary"
          icon={Printer}
          onPress={() => {
            window.print();
          }}
        >
          {t('certificate.print')}
        </Button>
      </div>
      <article className={css.sheet}>
        <h1 className={css.title}>{t('certificate.title')}</h1>
        <p>{t('certificate.text')}</p>
        <dl className={css.facts}>
          {facts.map(
            ([label, value]) =>
              value !== null && (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      </article>
    </>
  );
}

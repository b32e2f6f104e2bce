import { Button, EmptyState, ErrorState, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileSpreadsheet, Plus } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { type Report, reportKeys, reportsApi } from '../features/reports/api.ts';
import { ReportDialog } from '../features/reports/report-dialog.tsx';
import css from '../features/reports/reports.module.css';
import { scheduleWords } from '../features/reports/words.ts';

/** Lists and figures kept under a name: one's own, and those that colleagues share. */
export default function ReportsPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('reports.title'));
  const navigate = useNavigate();
  const [isNew, setNew] = useState(false);
  const list = useQuery({ queryKey: reportKeys.list, queryFn: reportsApi.list });
  useLive((message) => {
    if (message.type === 'change' && message.change.kind.startsWith('report.'))
      void queryClient.invalidateQueries({ queryKey: reportKeys.list });
  });
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('reports.title')}</h1>
        <span className={css.end}>
          <Button variant="primary" icon={Plus} onPress={() => setNew(true)}>
            {t('reports.new')}
          </Button>
        </span>
      </header>
      <p className={css.words}>{t('reports.intro')}</p>
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && list.data.items.length === 0 && (
        <EmptyState icon={FileSpreadsheet} title={t('reports.none')} text={t('reports.noneWords')} />
      )}
      {list.isSuccess && list.data.items.length > 0 && <Reports reports={list.data.items} />}
      {isNew && (
        <ReportDialog
          report={null}
          onSaved={({ id }) => void navigate(url.savedReport(id))}
          onClose={() => setNew(false)}
        />
      )}
    </div>
  );
}

function Reports({ reports }: { reports: readonly Report[] }) {
  const text = useText();
  const { t, when, locale } = text;
  const now = useNow();
  const kinds = useQuery({ queryKey: reportKeys.kinds(locale), queryFn: () => reportsApi.kinds(locale) });
  return (
    <section className={css.section} aria-label={t('reports.title')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={css.scroll} role="group" aria-label={t('reports.title')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('reports.name')}</th>
              <th scope="col">{t('reports.kind')}</th>
              <th scope="col">{t('reports.period')}</th>
              <th scope="col">{t('reports.schedule')}</th>
            </tr>
          </thead>
          <tbody>
            {reports.map((report) => (
              <tr key={report.id}>
                <th scope="row">
                  <Link {...url.savedReport(report.id)} className={css.link ?? ''}>
                    {report.name}
                  </Link>
                  <span className={css.hint}>
                    {report.isOwn ? t('reports.mine') : t('reports.shared', { name: report.ownerName })}
                  </span>
                </th>
                <td>{kinds.data?.items.find(({ kind }) => kind === report.kind)?.title ?? ''}</td>
                <td>{t(`reports.periods.${report.period}`)}</td>
                <td>
                  {scheduleWords(report, text)}
                  {report.nextDueAt !== null && (
                    <span className={css.hint}>
                      {t('reports.nextAt', { time: when(report.nextDueAt, now) })}
                    </span>
                  )}
                  {report.stopped !== null && (
                    <StatusChip tone="late" word={t(`reports.stopped.${report.stopped}`)} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

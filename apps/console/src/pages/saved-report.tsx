import { localDate } from '@gongzhi/kernel';
import { Button, buttonClass, ErrorState, Icon, notify, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import {
  type ReportDetail,
  reportFileUrl,
  reportKeys,
  reportsApi,
  runFileUrl,
} from '../features/reports/api.ts';
import { ReportDialog } from '../features/reports/report-dialog.tsx';
import css from '../features/reports/reports.module.css';
import { daysWords, scheduleWords } from '../features/reports/words.ts';
import { useSend } from '../features/organisation/use-send.ts';
import { Pending } from '../components/pending.tsx';

/** One report: as of now with one's own eyes, and what it has made by itself. */
export default function SavedReportPage() {
  const text = useText();
  const { t } = text;
  const { reportId } = useParams({ from: '/shell/reports/$reportId' });
  const report = useQuery({
    queryKey: reportKeys.report(reportId),
    queryFn: () => reportsApi.report(reportId),
  });
  useTitle(report.data?.name ?? t('reports.title'));
  useLive((message) => {
    if (message.type === 'change' && message.change.id === reportId)
      void queryClient.invalidateQueries({ queryKey: reportKeys.report(reportId) });
  });
  return (
    <div className={css.page}>
      <Link {...url.reports()} className={css.meta ?? ''}>
        {t('reports.back')}
      </Link>
      {report.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {report.isError && (
        <ErrorState text={problemText(report.error, text)} onRetry={() => void report.refetch()} />
      )}
      {report.isSuccess && <Detail report={report.data} />}
    </div>
  );
}

function Detail({ report }: { report: ReportDetail }) {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const [asked, setAsked] = useState<'change' | 'remove' | null>(null);
  return (
    <>
      <header className={css.head}>
        <h1 className={css.title}>{report.name}</h1>
        <span className={css.meta}>
          {report.isOwn ? t('reports.mine') : t('reports.shared', { name: report.ownerName })}
        </span>
        {report.isOwn && (
          <span className={`${css.line ?? ''} ${css.end ?? ''}`}>
            <Button onPress={() => setAsked('change')}>{t('reports.edit')}</Button>
            <Button variant="quiet" onPress={() => setAsked('remove')}>
              {t('reports.remove')}
            </Button>
          </span>
        )}
      </header>
      <p className={css.line}>
        <span>{scheduleWords(report, text)}</span>
        {report.nextDueAt !== null && (
          <span className={css.meta}>{t('reports.nextAt', { time: when(report.nextDueAt, now) })}</span>
        )}
      </p>
      {report.stopped !== null && (
        <p className={css.line}>
          <StatusChip tone="late" word={t(`reports.stopped.${report.stopped}`)} />
          {report.isOwn && <span className={css.meta}>{t('reports.stoppedWords')}</span>}
        </p>
      )}
      <Result report={report} />
      {(report.schedule !== null || report.runs.length > 0) && <Runs report={report} />}
      {asked === 'change' && (
        <ReportDialog report={report} onSaved={() => setAsked(null)} onClose={() => setAsked(null)} />
      )}
      {asked === 'remove' && <Remove report={report} onClose={() => setAsked(null)} />}
    </>
  );
}

function Result({ report }: { report: ReportDetail }) {
  const text = useText();
  const { t, locale } = text;
  const table = useQuery({
    queryKey: reportKeys.table(report.id, report.version, locale),
    queryFn: () => reportsApi.table(report.id, locale),
  });
  const label = t('reports.view');
  return (
    <section className={css.section} aria-label={label}>
      <div className={css.line}>
        <h2 className={css.heading}>{label}</h2>
        {table.isSuccess && (
          <span className={css.meta}>
            {`${daysWords(table.data, text)} · ${t('reports.rows', { count: table.data.rows.length })}`}
          </span>
        )}
        {table.isSuccess && (
          <span className={`${css.line ?? ''} ${css.end ?? ''}`}>
            <Icon of={Download} size={16} />
            {(['xlsx', 'csv', 'pdf'] as const).map((format) => (
              <a
                key={format}
                className={buttonClass('quiet', 'small')}
                href={reportFileUrl(report.id, format, locale)}
                download
                aria-label={`${t('reports.download')} ${t(`reports.formats.${format}`)}`}
              >
                {t(`reports.formats.${format}`)}
              </a>
            ))}
          </span>
        )}
      </div>
      <Pending of={table} lines={6} />
      {table.isSuccess && table.data.isCut && (
        <p className={css.words}>{t('reports.cut', { count: table.data.rows.length })}</p>
      )}
      {table.isSuccess && table.data.rows.length === 0 && <p className={css.words}>{t('reports.noRows')}</p>}
      {table.isSuccess && table.data.rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                {table.data.columns.map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.data.rows.map((row, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- rows of a table that is read once have no other name
                <tr key={at}>
                  {row.map((value, column) => (
                    <td
                      key={table.data.columns[column]}
                      className={typeof value === 'number' ? (css.number ?? '') : undefined}
                    >
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Runs({ report }: { report: ReportDetail }) {
  const text = useText();
  const { t } = text;
  const label = t('reports.runs');
  return (
    <section className={css.section} aria-label={label}>
      <h2 className={css.heading}>{label}</h2>
      {report.runs.length === 0 && <p className={css.words}>{t('reports.noRuns')}</p>}
      {report.runs.map((run) => (
        <div key={run.id} className={css.line}>
          <strong className={css.number}>{t('reports.runFor', { day: run.forDay })}</strong>
          {run.state === 'failed' ? (
            <StatusChip tone="late" word={t('reports.runFailed')} />
          ) : (
            <>
              <span className={css.meta}>
                {[
                  daysWords(run, text),
                  t('reports.rows', { count: run.rowCount ?? 0 }),
                  ...(run.isCut && run.format === 'xlsx' ? [t('reports.runCut')] : []),
                ].join(' · ')}
              </span>
              {run.hasFile ? (
                <>
                  <a
                    className={buttonClass('secondary', 'small')}
                    href={runFileUrl(report.id, run.id)}
                    download
                  >
                    {`${t('reports.download')} ${t(`reports.formats.${run.format}`)}`}
                  </a>
                  <span className={css.meta}>
                    {t('reports.until', { date: localDate(Date.parse(run.expiresAt)) })}
                  </span>
                </>
              ) : (
                <span className={css.meta}>{t('reports.runGone')}</span>
              )}
            </>
          )}
        </div>
      ))}
    </section>
  );
}

function Remove({ report, onClose }: { report: ReportDetail; onClose: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const { isBusy, error, send } = useSend();
  const remove = async (): Promise<void> => {
    const done = await send(report.id, () => reportsApi.remove(report.id).then(() => true));
    if (done === undefined) return;
    notify(t('reports.removed'));
    await navigate(url.reports());
    queryClient.removeQueries({ queryKey: reportKeys.report(report.id) });
    void queryClient.invalidateQueries({ queryKey: reportKeys.list });
  };
  return (
    <FormDialog
      title={t('reports.remove')}
      send={t('common.delete')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={remove}
      onClose={onClose}
    >
      <p>{t('reports.removeWords', { name: report.name })}</p>
    </FormDialog>
  );
}

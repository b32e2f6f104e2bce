import { problemText } from '@gongzhi/i18n/mobile-app.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { writeDraft } from '../../app/useDraft.ts';
import { useOnline } from '../../app/useOnline.ts';
import { useWords } from '../../app/words.ts';
import { hasUnsentReport, reportName } from './draft.ts';
import { type ReportOutbox, reportOutboxOf, voiceOwner, type WaitingReport } from './outbox.ts';
import { handOver } from '../photos/kept.ts';
import css from './WaitingReports.module.css';

/** "When there is a network it goes out": what was reported and has not been answered yet. */
export function WaitingReports({ accountId, actingId }: { accountId: string; actingId: string }) {
  const outbox = reportOutboxOf(accountId);
  const reports = useSyncExternalStore(outbox.subscribe, outbox.read, outbox.read);
  useEffect(() => {
    void outbox.restore();
  }, [outbox]);
  return reports.map((report) => (
    <Waiting key={report.id} report={report} outbox={outbox} isElsewhere={report.acting.id !== actingId} />
  ));
}

interface WaitingProps {
  report: WaitingReport;
  outbox: ReportOutbox;
  /** Written in another capacity than the one that is on. */
  isElsewhere: boolean;
}

function Waiting({ report, outbox, isElsewhere }: WaitingProps) {
  const { t, locale } = useWords();
  const isOnline = useOnline();
  const client = useQueryClient();
  const [isDropping, setDropping] = useState(false);
  const [isSending, setSending] = useState(false);
  const { refused } = report;
  const takeBack = async (): Promise<void> => {
    const { accountId, id } = report;
    const name = reportName(accountId);
    // What is being written there is not thrown away for this one.
    if (await hasUnsentReport(accountId)) {
      notify(t('mobile.waiting.busy'), { tone: 'due' });
      return;
    }
    await handOver(id, name);
    await handOver(voiceOwner(id), voiceOwner(name));
    await writeDraft(name, accountId, report.draft);
    await outbox.discard(report);
    void client.invalidateQueries({ queryKey: ['unsent-report'] });
    navigate(url.report());
  };
  return (
    <Card label={t('mobile.waiting.title')} className={css.card ?? ''}>
      <StatusChip
        tone={refused === null ? 'due' : 'late'}
        word={t(refused === null ? 'mobile.waiting.title' : 'mobile.waiting.refusedTitle')}
      />
      <p className={css.words}>{report.body.description}</p>
      {report.photoCount > 0 && (
        <p className={css.small}>{t('mobile.waiting.photos', { count: report.photoCount })}</p>
      )}
      <p className={css.small}>
        {refused !== null
          ? problemText(locale, refused)
          : !isElsewhere
            ? t('mobile.waiting.kept')
            : report.acting.onBehalfOf === null
              ? t('mobile.waiting.asSelf')
              : t('mobile.waiting.asOther', { name: report.acting.onBehalfOf })}
      </p>
      <div className={css.acts}>
        {refused === null && isOnline && !isElsewhere && (
          <Button
            isBusy={isSending}
            onPress={() => {
              setSending(true);
              void outbox.send(false).finally(() => {
                setSending(false);
              });
            }}
          >
            {t('mobile.waiting.sendNow')}
          </Button>
        )}
        <Button onPress={() => void takeBack()}>{t('mobile.waiting.change')}</Button>
        <Button
          variant="quiet"
          onPress={() => {
            setDropping(true);
          }}
        >
          {t('mobile.waiting.drop')}
        </Button>
      </div>
      {isDropping && (
        <Sheet
          title={t('mobile.waiting.dropTitle')}
          isOpen
          onOpenChange={() => {
            setDropping(false);
          }}
          footer={
            <Button variant="danger" isWide onPress={() => void outbox.discard(report)}>
              {t('mobile.waiting.drop')}
            </Button>
          }
        >
          <p>{t('mobile.waiting.dropText')}</p>
        </Sheet>
      )}
    </Card>
  );
}

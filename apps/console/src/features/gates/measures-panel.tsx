import {
  Button,
  EmptyState,
  ErrorState,
  notify,
  Skeleton,
  StatusChip,
  TextField,
  type Tone,
} from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { gatesApi, type Measure } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';
import { useMeasureWords } from './measure-words.ts';

const toneOf: Readonly<Record<Measure['state'], Tone>> = {
  planned: 'waiting',
  in_force: 'moving',
  over: 'done',
  wiped: 'done',
};

/** What is asked of people at the gates, by whose decision and until when. */
export function MeasuresPanel({ scopeId, showsScope }: { scopeId: string | undefined; showsScope: boolean }) {
  const text = useText();
  const { t } = text;
  const measures = useQuery({
    queryKey: [...queryKeys.gates, 'measures', scopeId ?? null],
    queryFn: () => gatesApi.measures(scopeId),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <p className={css.quiet}>{t('gates.measures.intro')}</p>
      {measures.isPending && <Skeleton label={t('common.loading')} lines={6} isCard />}
      {measures.isError && (
        <ErrorState text={problemText(measures.error, text)} onRetry={() => void measures.refetch()} />
      )}
      {measures.data?.items.length === 0 && (
        <EmptyState
          icon={ShieldCheck}
          title={t('gates.measures.none')}
          text={t('gates.measures.noneWords')}
        />
      )}
      <div className={css.routes}>
        {measures.data?.items.map((measure) => (
          <MeasureCard
            key={measure.id}
            measure={measure}
            mayOrder={measures.data.mayOrder}
            showsScope={showsScope}
          />
        ))}
      </div>
    </>
  );
}

function MeasureCard({
  measure,
  mayOrder,
  showsScope,
}: {
  measure: Measure;
  mayOrder: boolean;
  showsScope: boolean;
}) {
  const { t, exact } = useText();
  const words = useMeasureWords();
  const isOpen = measure.state === 'planned' || measure.state === 'in_force';
  const where =
    measure.reach === 'compound'
      ? [...(showsScope ? [measure.scopeName] : []), measure.buildingName ?? t('gates.wholeCompound')]
      : [t('gates.measures.all', { name: measure.scopeName })];
  return (
    <section className={css.route} aria-label={measure.name}>
      <div className={css.head}>
        <h2 className={css.name}>{measure.name}</h2>
        <StatusChip tone={toneOf[measure.state]} word={t(`gates.measures.states.${measure.state}`)} />
        {mayOrder && isOpen && <EndMeasure measure={measure} />}
      </div>
      <p>
        {t('gates.measures.by', { authority: measure.authority, document: measure.documentNo })}
        {' · '}
        {where.join(' · ')}
        {' · '}
        {t('gates.measures.period', { from: exact(measure.startsAt), to: exact(measure.endsAt) })}
      </p>
      <ul className={css.checks}>
        {[...words.checks(measure.checks), ...words.allowed(measure)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={css.quiet}>
        {measure.endReason !== null &&
          `${t('gates.measures.endedBy', { name: measure.endedByName ?? '', reason: measure.endReason })} `}
        {measure.state !== 'wiped' && t('gates.measures.kept', { date: exact(measure.keptUntil) })}
      </p>
    </section>
  );
}

function EndMeasure({ measure }: { measure: Measure }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const end = async (): Promise<void> => {
    const body = { action: 'end' as const, expectedVersion: measure.version, reason: reason.trim() };
    const done = await send(body, (key) => gatesApi.commandMeasure(measure.scopeId, measure.id, body, key));
    if (done === undefined) return;
    notify(t('gates.measures.ended'));
    again();
    setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        aria-label={`${t('gates.measures.end')} ${measure.name}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('gates.measures.end')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('gates.measures.endTitle')}
          send={t('gates.measures.end')}
          isWhole={reason.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={end}
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{t('gates.measures.endWords')}</p>
          <TextField
            label={t('gates.measures.endReason')}
            value={reason}
            maxLength={200}
            isRequired
            onChange={setReason}
          />
        </FormDialog>
      )}
    </>
  );
}

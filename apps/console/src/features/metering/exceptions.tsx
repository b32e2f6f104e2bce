import { answersTo, type DoubtAnswer } from '@gongzhi/kernel/meters.ts';
import { Button, EmptyState, ErrorState, notify, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { again, type HeldReading, METERS, type MeterFinding, meteringApi } from './api.ts';
import css from './metering.module.css';
import { useMeterWords } from './words.ts';

type Show = (scopeId: string, meterId: string) => void;

/** What somebody has to look at: findings, and readings that wait for a word. */
export function Exceptions({ scopeId, onShow }: { scopeId: string | undefined; onShow: Show }) {
  const text = useText();
  const { t } = text;
  const findings = useQuery({
    queryKey: [...METERS, 'findings', scopeId ?? null],
    queryFn: () => meteringApi.findings(scopeId),
  });
  const held = useQuery({
    queryKey: [...METERS, 'held', scopeId ?? null],
    queryFn: () => meteringApi.held(scopeId),
  });
  if (findings.isPending || held.isPending) return <Skeleton label={t('common.loading')} lines={8} />;
  const failed = findings.error ?? held.error;
  if (findings.data === undefined || held.data === undefined)
    return (
      <ErrorState
        text={problemText(failed, text)}
        onRetry={() => {
          void findings.refetch();
          void held.refetch();
        }}
      />
    );
  if (findings.data.items.length + held.data.items.length === 0)
    return <EmptyState icon={CircleCheck} title={t('metering.empty.exceptions')} />;
  return (
    <div className={css.panel}>
      {findings.data.items.length > 0 && (
        <section className={css.part}>
          <h2 className={css.heading}>{t('metering.findings.title')}</h2>
          <ul className={css.rows}>
            {findings.data.items.map((finding) => (
              <Found key={finding.id} finding={finding} onShow={onShow} />
            ))}
          </ul>
        </section>
      )}
      {held.data.items.length > 0 && (
        <section className={css.part}>
          <h2 className={css.heading}>{t('metering.held.title')}</h2>
          <ul className={css.rows}>
            {held.data.items.map((reading) => (
              <Held key={reading.id} reading={reading} onShow={onShow} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Found({ finding, onShow }: { finding: MeterFinding; onShow: Show }) {
  const { t, when } = useText();
  const now = useNow();
  const words = useMeterWords();
  const mayEnd = useMay('meter.decide');
  const [isEnding, setEnding] = useState(false);
  const [note, setNote] = useState('');
  const { isBusy, error, send } = useSend();
  const figure = (value: number | string | null | undefined) =>
    typeof value === 'number' ? words.yuan(value) : '–';
  const end = async (): Promise<void> => {
    const done = await send({ note, id: finding.id }, (key) =>
      meteringApi.endFinding(finding, { note }, key),
    );
    if (done === undefined) return;
    notify(t('metering.form.saved'));
    again();
    setEnding(false);
  };
  return (
    <li className={css.row}>
      <div>
        <strong>{t(`metering.finding.${finding.rule}`)}</strong>{' '}
        <span className={css.quiet}>{t('metering.finding.since', { when: when(finding.since, now) })}</span>
        <p className={css.quiet}>
          {[finding.scopeName, finding.householdLabel, finding.spot, words.name(finding)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {finding.rule === 'difference' && (
          <p className={css.quiet}>
            {t('metering.finding.figures', {
              ledger: figure(finding.facts['ledger']),
              ours: figure(finding.facts['ours']),
              meter: figure(finding.facts['meter']),
            })}
          </p>
        )}
      </div>
      <div className={css.line}>
        {finding.workOrderId !== null && (
          <Link {...url.order(finding.scopeId, finding.workOrderId)}>
            {t('metering.finding.order', { number: finding.orderNumber ?? '' })}
          </Link>
        )}
        <Button size="small" onPress={() => onShow(finding.scopeId, finding.meterId)}>
          {words.name(finding)}
        </Button>
        {mayEnd && (
          <Button size="small" onPress={() => setEnding(true)}>
            {t('metering.act.seen')}
          </Button>
        )}
      </div>
      {isEnding && (
        <FormDialog
          title={t(`metering.finding.${finding.rule}`)}
          send={t('metering.act.seen')}
          isWhole={note.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={end}
          onClose={() => setEnding(false)}
        >
          <TextField
            label={t('metering.form.found')}
            value={note}
            onChange={setNote}
            rows={3}
            maxLength={300}
          />
        </FormDialog>
      )}
    </li>
  );
}

function Held({ reading, onShow }: { reading: HeldReading; onShow: Show }) {
  const { t, number, when } = useText();
  const now = useNow();
  const words = useMeterWords();
  const mayDecide = useMay('meter.decide');
  const { isBusy, error, send } = useSend();
  const doubts = reading.doubts.map((doubt) => t(`metering.doubt.${doubt as 'lower'}`)).join(' · ');
  const decide = async (answer: DoubtAnswer | 'rejected'): Promise<void> => {
    const done = await send({ answer, id: reading.id }, (key) =>
      meteringApi.decide(reading, { answer }, key),
    );
    if (done !== undefined) again();
  };
  return (
    <li className={css.row}>
      <div>
        <strong>{words.amount(reading.value, reading.kind)}</strong> {doubts}{' '}
        {reading.lastValue !== null && (
          <span className={css.quiet}>{t('metering.held.last', { last: number(reading.lastValue) })}</span>
        )}
        <p className={css.quiet}>
          {[reading.scopeName, reading.householdLabel, reading.spot, when(reading.takenAt, now)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={css.line}>
        <Button size="small" onPress={() => onShow(reading.scopeId, reading.meterId)}>
          {words.name(reading)}
        </Button>
        {mayDecide &&
          answersTo(reading.doubts).map((answer) => (
            <Button key={answer} size="small" isBusy={isBusy} onPress={() => void decide(answer)}>
              {t(`metering.answer.${answer}`)}
            </Button>
          ))}
        {mayDecide && (
          <Button size="small" isBusy={isBusy} onPress={() => void decide('rejected')}>
            {t('metering.answer.rejected')}
          </Button>
        )}
      </div>
    </li>
  );
}

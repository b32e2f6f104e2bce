import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  notify,
  Skeleton,
  StatusChip,
  TextField,
  type Tone,
} from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { type Text, useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { saveAs } from '../../components/save-as.ts';
import { useSend } from '../organisation/use-send.ts';
import { gatesApi, type Tracing } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';
import { Pending } from '../../components/pending.tsx';

const toneOf: Readonly<Record<Tracing['state'], Tone>> = {
  asked: 'due',
  authorised: 'moving',
  declined: 'done',
  withdrawn: 'done',
  destroyed: 'done',
};

/** Health authorities' requests: who asked, who decided, until when the list is there. */
export function TracingPanel({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const list = useQuery({
    queryKey: [...queryKeys.gates, 'tracings', scopeId],
    queryFn: () => gatesApi.tracings(scopeId),
    placeholderData: keepPreviousData,
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  const { items, measures, mayAsk } = list.data;
  return (
    <>
      <p className={css.quiet}>{t('tracing.intro')}</p>
      {measures.length === 0 && <p className={css.quiet}>{t('tracing.noMeasure')}</p>}
      {items.length === 0 && (
        <EmptyState
          icon={ClipboardList}
          title={t('tracing.none')}
          {...(mayAsk && measures.length > 0 ? { text: t('tracing.noneWords') } : {})}
        />
      )}
      <div className={css.routes}>
        {items.map((tracing) => (
          <TracingCard key={tracing.id} tracing={tracing} />
        ))}
      </div>
    </>
  );
}

const whoOf = ({ t }: Pick<Text, 't'>, name: string | null, role: string | null): string =>
  name === null || role === null
    ? ''
    : t('tracing.by', {
        name,
        role: role === 'committee' || role === 'city' ? t(`roles.${role}`) : t('roles.street'),
      });

function TracingCard({ tracing }: { tracing: Tracing }) {
  const text = useText();
  const { t, exact } = text;
  const { requestNo, authority, state } = tracing;
  const facts: readonly (readonly [label: string, value: string | null])[] = [
    [t('tracing.matter'), tracing.matter],
    [t('tracing.document'), `${tracing.documentRef} · ${tracing.requestedOn}`],
    [t('tracing.under'), tracing.measure],
    [
      t('tracing.time'),
      t('tracing.range', {
        from: exact(tracing.from),
        to: exact(tracing.to),
        minutes: tracing.windowMinutes,
      }),
    ],
    [t('tracing.asked'), `${whoOf(text, tracing.askedByName, tracing.askedRole)} ${exact(tracing.askedAt)}`],
    [
      t('tracing.decided'),
      tracing.decidedAt === null
        ? null
        : `${whoOf(text, tracing.decidedByName, tracing.decidedRole)} ${exact(tracing.decidedAt)} · ${tracing.reason ?? ''}`,
    ],
  ];
  const outcome = [
    tracing.found === null ? null : t('tracing.found', { count: tracing.found }),
    tracing.copies === 0 ? null : t('tracing.copies', { count: tracing.copies }),
    tracing.destroyedAt === null
      ? t('tracing.willBeDestroyed', { date: exact(tracing.destroyAt) })
      : t('tracing.destroyed', { date: exact(tracing.destroyedAt) }),
  ].filter((part) => part !== null);
  return (
    <section className={css.route} aria-label={`${authority} ${requestNo}`}>
      <div className={css.head}>
        <h2 className={css.name}>
          {authority} {requestNo}
        </h2>
        <StatusChip tone={toneOf[state]} word={t(`tracing.states.${state}`)} />
        {tracing.mayDecide && <Decide tracing={tracing} />}
        {tracing.mayWithdraw && <Withdraw tracing={tracing} />}
        {tracing.mayOpen && <OpenList tracing={tracing} />}
      </div>
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
      <p className={css.quiet}>{outcome.join(' · ')}</p>
    </section>
  );
}

function Decide({ tracing }: { tracing: Tracing }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const decide = async (isAuthorised: boolean): Promise<void> => {
    const body = { expectedVersion: tracing.version, isAuthorised, reason: reason.trim() };
    const done = await send(body, (key) => gatesApi.decideTracing(tracing.scopeId, tracing.id, body, key));
    again();
    if (done === undefined) return;
    notify(t('tracing.decidedNow'));
    setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        variant="primary"
        aria-label={`${t('tracing.decideTitle')} ${tracing.requestNo}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('tracing.authorise')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('tracing.decideTitle')}
          send={t('tracing.authorise')}
          isWhole={reason.trim() !== ''}
          isBusy={isBusy}
          error={error}
          more={
            <Button isDisabled={reason.trim() === '' || isBusy} onPress={() => void decide(false)}>
              {t('tracing.decline')}
            </Button>
          }
          onSend={() => decide(true)}
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{t('tracing.decideWords')}</p>
          <TextField
            label={t('tracing.reason')}
            value={reason}
            maxLength={400}
            isRequired
            onChange={setReason}
          />
        </FormDialog>
      )}
    </>
  );
}

function Withdraw({ tracing }: { tracing: Tracing }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const withdraw = async (): Promise<void> => {
    const body = { expectedVersion: tracing.version };
    const done = await send(body, (key) => gatesApi.withdrawTracing(tracing.scopeId, tracing.id, body, key));
    again();
    if (done !== undefined) notify(t('tracing.withdrawn'));
  };
  return (
    <>
      <Button
        size="small"
        isBusy={isBusy}
        aria-label={`${t('tracing.withdraw')} ${tracing.requestNo}`}
        onPress={() => void withdraw()}
      >
        {t('tracing.withdraw')}
      </Button>
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </>
  );
}

function OpenList({ tracing }: { tracing: Tracing }) {
  const text = useText();
  const { t } = text;
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const exportList = async (): Promise<void> => {
    setBusy(true);
    try {
      const file = await gatesApi.exportTracing(tracing.scopeId, tracing.id, text.locale);
      saveAs(file.blob, file.name);
      again();
    } catch (error) {
      notify(problemText(error, text), { tone: 'late' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        aria-label={`${t('tracing.open')} ${tracing.requestNo}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('tracing.open')}
      </Button>
      <Dialog
        title={t('tracing.listTitle')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        footer={
          <Button variant="primary" isBusy={isBusy} onPress={() => void exportList()}>
            {t('tracing.export')}
          </Button>
        }
      >
        <p>{t('tracing.listWords', { authority: tracing.authority })}</p>
        <p className={css.warning}>{t('tracing.exportWords')}</p>
        {isOpen && <TracedList tracing={tracing} />}
      </Dialog>
    </>
  );
}

function TracedList({ tracing }: { tracing: Tracing }) {
  const { t, exact, number } = useText();
  // Opening is on record: it is asked for once, and not again by itself.
  const list = useQuery({
    queryKey: ['traced', tracing.id],
    queryFn: () => gatesApi.tracingList(tracing.scopeId, tracing.id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  if (!list.isSuccess) return <Pending of={list} lines={4} />;
  const { items, unknown } = list.data;
  return (
    <>
      {items.length === 0 ? (
        <p role="status">{t('tracing.nobody')}</p>
      ) : (
        <div className={css.scroll} role="group" aria-label={t('tracing.listTitle')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('tracing.listTitle')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('tracing.column.name')}</th>
                <th scope="col">{t('tracing.column.gate')}</th>
                <th scope="col">{t('tracing.column.at')}</th>
                <th scope="col" className={css.number}>
                  {t('tracing.column.apart')}
                </th>
                <th scope="col" className={css.number}>
                  {t('tracing.column.times')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.passId}>
                  <th scope="row">
                    {item.name ?? item.home ?? t(`pass.kind.${item.kind}`)}
                    <span className={css.below}>
                      {[item.phone, item.name === null ? null : item.home]
                        .filter((part) => part !== null)
                        .join(' · ')}
                    </span>
                  </th>
                  <td>{item.gate}</td>
                  <td className={css.nowrap}>{exact(item.at)}</td>
                  <td className={css.number}>{number(Math.round(item.apartSeconds / 6) / 10)}</td>
                  <td className={css.number}>{number(item.times)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unknown > 0 && <p className={css.quiet}>{t('tracing.unknown', { count: unknown })}</p>}
    </>
  );
}

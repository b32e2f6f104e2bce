import { Button, EmptyState, ErrorState, notify, Skeleton, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type Lowering, patrolApi } from './api.ts';
import css from '../../components/matters.module.css';

const tones: Readonly<Record<Lowering['state'], Tone>> = {
  proposed: 'due',
  approved: 'done',
  suspended: 'late',
  declined: 'waiting',
  ended: 'waiting',
};

/** Where a sensor spares rounds, or somebody asks that it may; who decides sees the buttons. */
export function LoweringsPanel({ scopeId }: { scopeId: string | undefined }) {
  const text = useText();
  const { t } = text;
  const list = useQuery({
    queryKey: [...queryKeys.patrols, 'lowerings', scopeId ?? null],
    queryFn: () => patrolApi.lowerings(scopeId),
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return (
      <EmptyState
        icon={ShieldCheck}
        title={t('patrol.empty.lowerings')}
        text={t('patrol.empty.loweringsWords')}
      />
    );
  return (
    <div className={css.scroll} role="group" aria-label={t('patrol.tabs.lowerings')} tabIndex={0}>
      <table className={css.table}>
        <caption className="gz-hidden">{t('patrol.tabs.lowerings')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('patrol.column.checkpoint')}</th>
            <th scope="col">{t('patrol.column.sensor')}</th>
            <th scope="col">{t('patrol.lower.reason')}</th>
            <th scope="col">{t('patrol.column.state')}</th>
            <th scope="col">{t('patrol.column.act')}</th>
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((one) => (
            <OneLowering key={one.id} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OneLowering({ one }: { one: Lowering }) {
  const { t, number, when } = useText();
  const now = useNow();
  const { isBusy, error, send } = useSend();
  const act = async (action: 'approve' | 'decline' | 'withdraw'): Promise<void> => {
    const body = { action, id: one.id, version: one.version };
    const done = await send(body, (key) =>
      action === 'withdraw'
        ? patrolApi.withdraw(one, key)
        : patrolApi.decide(one, { action, expectedVersion: one.version }, key),
    );
    void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
    if (done === undefined) return;
    const said = {
      approve: 'patrol.approved',
      decline: 'patrol.declined',
      withdraw: 'patrol.withdrawn',
    } as const;
    notify(t(said[action]));
  };
  return (
    <tr>
      <td>
        {one.checkpointLabel}
        <span className={css.below}>
          {one.routeLabel} · {one.scopeName}
        </span>
      </td>
      <td>
        {t('patrol.lowered', {
          label: one.deviceLabel ?? t('patrol.noDevice'),
          count: number(one.everyRounds),
          day: one.untilOn,
        })}
      </td>
      <td>
        {one.reason}
        <span className={css.below}>
          {t('patrol.proposedBy', { name: one.proposedByName, when: when(one.proposedAt, now) })}
        </span>
      </td>
      <td>
        <StatusChip tone={tones[one.state]} word={t(`patrol.lowering.states.${one.state}`)} />
        {one.ended !== null && <span className={css.below}>{t(`patrol.ended.${one.ended}`)}</span>}
        {one.decidedByName !== null && one.decidedAt !== null && (
          <span className={css.below}>
            {t('patrol.decidedBy', { name: one.decidedByName, when: when(one.decidedAt, now) })}{' '}
            {one.decidedWords}
          </span>
        )}
      </td>
      <td>
        <div className={css.line}>
          {one.mayDecide && (
            <>
              <Button size="small" variant="primary" isBusy={isBusy} onPress={() => void act('approve')}>
                {t('patrol.approve')}
              </Button>
              <Button size="small" isDisabled={isBusy} onPress={() => void act('decline')}>
                {t('patrol.decline')}
              </Button>
            </>
          )}
          {one.mayWithdraw && (
            <Button size="small" variant="quiet" isDisabled={isBusy} onPress={() => void act('withdraw')}>
              {t('patrol.withdraw')}
            </Button>
          )}
        </div>
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </td>
    </tr>
  );
}

import { Button, EmptyState, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Router } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { AskFirst } from '../../components/ask-first.tsx';
import { useSend } from '../organisation/use-send.ts';
import { again, METERS, type MeterGateway, meteringApi } from './api.ts';
import { GatewayDialog } from './gateway-dialog.tsx';
import css from './metering.module.css';
import { useMeterWords } from './words.ts';
import { Pending } from '../../components/pending.tsx';

/** Concentrators: how they are reached, how many meters they speak for, when they were heard last. */
export function Lines({ scopeId, compound }: { scopeId: string | undefined; compound: string | undefined }) {
  const { t } = useText();
  const mayManage = useMay('meter.manage');
  const [isAdding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: [...METERS, 'gateways', scopeId ?? null],
    queryFn: () => meteringApi.gateways(scopeId),
  });
  return (
    <>
      {mayManage && (
        <div className={css.line}>
          <Button onPress={() => setAdding(true)}>{t('metering.gateway.add')}</Button>
        </div>
      )}
      <Pending of={list} lines={4} />
      {list.data?.items.length === 0 && <EmptyState icon={Router} title={t('metering.empty.lines')} />}
      <ul className={css.rows}>
        {list.data?.items.map((gateway) => (
          <Gateway key={gateway.id} gateway={gateway} mayManage={mayManage} />
        ))}
      </ul>
      {isAdding && <GatewayDialog compound={compound} onClose={() => setAdding(false)} />}
    </>
  );
}

function Gateway({ gateway, mayManage }: { gateway: MeterGateway; mayManage: boolean }) {
  const { t, when } = useText();
  const now = useNow();
  const words = useMeterWords();
  const [isRetiring, setRetiring] = useState(false);
  const { error, send } = useSend();
  const retire = async (): Promise<void> => {
    await send({ retire: gateway.id }, (key) => meteringApi.retireGateway(gateway, key));
    again();
  };
  const word =
    gateway.fault !== null
      ? words.fault(gateway.fault)
      : gateway.lastSeenAt === null
        ? t('metering.gateway.never')
        : t('metering.gateway.seen', { when: when(gateway.lastSeenAt, now) });
  return (
    <li className={css.row}>
      <div>
        <strong>{gateway.label}</strong>
        <p className={css.quiet}>
          {gateway.transport === 'dial'
            ? t('metering.gateway.dial', { host: gateway.host ?? '', port: String(gateway.port ?? '') })
            : t(`metering.gateway.${gateway.transport}`)}{' '}
          · {t('metering.gateway.meters', { count: gateway.meters })}
          {!gateway.hasPassword && ` · ${t('metering.gateway.noPassword')}`}
        </p>
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={css.line}>
        <StatusChip
          tone={gateway.fault !== null ? 'late' : gateway.lastSeenAt === null ? 'waiting' : 'done'}
          word={word}
        />
        {mayManage && (
          <Button size="small" onPress={() => setRetiring(true)}>
            {t('metering.gateway.retire')}
          </Button>
        )}
      </div>
      {isRetiring && (
        <AskFirst
          title={t('metering.gateway.retire')}
          words={t('metering.gateway.retireHint', { count: gateway.meters })}
          keep={t('common.cancel')}
          act={t('metering.gateway.retire')}
          onAct={retire}
          onClose={() => setRetiring(false)}
        />
      )}
    </li>
  );
}

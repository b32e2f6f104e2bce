import { newKey } from '@gongzhi/ui/client/index.ts';
import { Button, Checkbox, EmptyState, ErrorState, RelativeTime, Skeleton, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck, DoorOpen } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { type Flag, type Gate, gatePhonesApi } from '../features/gate-phones/api.ts';
import css from '../features/gate-phones/gate-phones.module.css';
import { RegisterPhone } from '../features/gate-phones/register-phone.tsx';

const again = (): void => {
  void queryClient.invalidateQueries({ queryKey: queryKeys.gatePhones });
};

/** The phones at the gates, and what they decided without a network that somebody has to look at. */
export default function GatePhonesPage() {
  const { t } = useText();
  useTitle(t('gatePhones.title'));
  const seesMany = useSeesMany();
  const [scope, setScope] = useState<string>();
  useLive((message) => {
    if (message.type === 'resync' || (message.type === 'change' && message.change.kind.startsWith('gate.')))
      again();
  });
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('gatePhones.title')}</h1>
        {seesMany && (
          <ScopePicker
            className={css.scope ?? ''}
            label={t('gatePhones.compound')}
            isLabelHidden
            value={scope}
            onChange={setScope}
          />
        )}
      </header>
      <p className={css.quiet}>{t('gatePhones.intro')}</p>
      <Gates scopeId={scope} showsScope={seesMany} />
      <Flags scopeId={scope} showsScope={seesMany} />
    </div>
  );
}

function Gates({ scopeId, showsScope }: { scopeId: string | undefined; showsScope: boolean }) {
  const text = useText();
  const { t } = text;
  const [at, setAt] = useState<Gate | null>(null);
  const list = useQuery({
    queryKey: [...queryKeys.gatePhones, 'gates', scopeId ?? null],
    queryFn: () => gatePhonesApi.gates(scopeId === undefined ? {} : { scopeId }),
  });
  const gates = list.data?.items.filter(({ retiredAt }) => retiredAt === null) ?? [];
  return (
    <section className={css.part} aria-labelledby="gates">
      <h2 id="gates" className={css.heading}>
        {t('gatePhones.gates')}
      </h2>
      {list.data === undefined ? (
        list.error === null ? (
          <Skeleton lines={4} label={t('gatePhones.gates')} />
        ) : (
          <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
        )
      ) : gates.length === 0 ? (
        <EmptyState icon={DoorOpen} title={t('gatePhones.noGates')} text={t('gatePhones.noGatesText')} />
      ) : (
        <div className={css.scroll} role="group" aria-label={t('gatePhones.gates')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('gatePhones.gates')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('gatePhones.gate')}</th>
                <th scope="col">{t('gatePhones.phones')}</th>
                {list.data.mayManage && <th scope="col">{t('gatePhones.register')}</th>}
              </tr>
            </thead>
            <tbody>
              {gates.map((gate) => (
                <tr key={gate.id}>
                  <td>
                    {gate.name}
                    {showsScope && <span className={css.below}>{gate.scopeName}</span>}
                  </td>
                  <td>
                    <Phones gate={gate} />
                  </td>
                  {list.data.mayManage && (
                    <td>
                      <Button
                        onPress={() => {
                          setAt(gate);
                        }}
                      >
                        {t('gatePhones.register')}
                        <span className="gz-hidden"> {gate.name}</span>
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {at !== null && (
        <RegisterPhone
          gate={at}
          onClose={() => {
            setAt(null);
          }}
        />
      )}
    </section>
  );
}

function Phones({ gate }: { gate: Gate }) {
  const { t } = useText();
  const phones = gate.devices.filter(({ kind }) => kind === 'guard_phone');
  if (phones.length === 0) return <span className={css.quiet}>{t('gatePhones.noPhones')}</span>;
  return (
    <ul className={css.phones}>
      {phones.map(({ id, label, standing, lastSeenAt }) => (
        <li key={id}>
          <strong>{label}</strong>
          {standing === 'revoked' && <StatusChip tone="waiting" word={t('gatePhones.stopped')} />}
          {standing === 'clock_off' && <StatusChip tone="due" word={t('gatePhones.clockOff')} />}
          <span className={css.quiet}>
            {t('gatePhones.seenAt')}{' '}
            {lastSeenAt === null ? t('gatePhones.never') : <RelativeTime at={lastSeenAt} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Flags({ scopeId, showsScope }: { scopeId: string | undefined; showsScope: boolean }) {
  const text = useText();
  const { t } = text;
  const [isOpenOnly, setOpenOnly] = useState(true);
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.gatePhones, 'flags', scopeId ?? null, isOpenOnly],
    queryFn: ({ pageParam }) =>
      gatePhonesApi.flags({
        ...(scopeId === undefined ? {} : { scopeId }),
        isOpenOnly,
        limit: 50,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const flags = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={css.part} aria-labelledby="flags">
      <div className={css.head}>
        <h2 id="flags" className={css.heading}>
          {t('gatePhones.flags')}
        </h2>
        <Checkbox
          isSelected={!isOpenOnly}
          onChange={(isAll) => {
            setOpenOnly(!isAll);
          }}
        >
          {t('gatePhones.showSettled')}
        </Checkbox>
      </div>
      {list.data === undefined ? (
        list.error === null ? (
          <Skeleton lines={4} label={t('gatePhones.flags')} />
        ) : (
          <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
        )
      ) : flags.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('gatePhones.noFlags')} text={t('gatePhones.noFlagsText')} />
      ) : (
        <div className={css.scroll} role="group" aria-label={t('gatePhones.flags')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('gatePhones.flags')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('gatePhones.what')}</th>
                <th scope="col">{t('gatePhones.who')}</th>
                <th scope="col">{t('gatePhones.gate')}</th>
                <th scope="col">{t('gatePhones.decided')}</th>
                <th scope="col">{t('gatePhones.settle')}</th>
              </tr>
            </thead>
            <tbody>
              {flags.map((flag) => (
                <FlagRow key={flag.id} flag={flag} showsScope={showsScope} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('console.list.more')}
        </Button>
      )}
    </section>
  );
}

function FlagRow({ flag, showsScope }: { flag: Flag; showsScope: boolean }) {
  const text = useText();
  const { t } = text;
  const settle = useMutation({
    mutationFn: (key: string) => gatePhonesApi.settle(flag.scopeId, flag.id, key),
    onSettled: again,
  });
  return (
    <tr>
      <td>
        <StatusChip tone={flag.seenAt === null ? 'due' : 'done'} word={t(`gatePhones.kind.${flag.kind}`)} />
        {flag.otherGateName !== null && (
          <span className={css.below}>{t('gatePhones.otherGate', { gate: flag.otherGateName })}</span>
        )}
      </td>
      <td>
        {flag.nameMasked ?? t('gatePhones.nobody')}
        {flag.passKind !== null && <span className={css.below}>{t(`pass.kind.${flag.passKind}`)}</span>}
      </td>
      <td>
        {flag.gateName}
        {showsScope && <span className={css.below}>{flag.scopeName}</span>}
      </td>
      <td>
        <RelativeTime at={flag.decidedAt} />
      </td>
      <td>
        {flag.seenAt === null ? (
          <Button
            isBusy={settle.isPending}
            onPress={() => {
              settle.mutate(newKey());
            }}
          >
            {t('gatePhones.settle')}
          </Button>
        ) : (
          <span className={css.quiet}>{t('gatePhones.settled', { name: flag.seenByName ?? '' })}</span>
        )}
        {settle.error !== null && <span role="alert">{problemText(settle.error, text)}</span>}
      </td>
    </tr>
  );
}

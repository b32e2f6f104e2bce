import { Button, Checkbox, Dialog, notify, Segmented, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { fenOf, type Party, type PartyDetail, PAYMENTS, payApi, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';
import { Pending } from '../../components/pending.tsx';

const ways = ['cash', 'card', 'balance'] as const;

interface Group {
  readonly key: string;
  readonly name: string;
  readonly month: string;
  readonly lineIds: readonly string[];
  readonly dueFen: number;
}

/** Hundreds of homes, month by month: what is chosen is chosen by month. */
function groupsOf(lines: PartyDetail['lines']): Group[] {
  return [...Map.groupBy(lines, ({ name, period }) => `${period.slice(0, 7)} ${name}`)].map(
    ([key, group]) => ({
      key,
      name: group[0]!.name,
      month: group[0]!.period.slice(0, 7),
      lineIds: group.map(({ lineId }) => lineId),
      dueFen: group.reduce((sum, { dueFen }) => sum + dueFen, 0),
    }),
  );
}

/** An organisation pays at the till: which months, how much, how. */
export function PartyDialog({
  scopeId,
  party,
  onClose,
}: {
  scopeId: string;
  party: Party;
  onClose: () => void;
}) {
  const { t } = useText();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [amount, setAmount] = useState('');
  const [way, setWay] = useState<(typeof ways)[number]>('cash');
  const [slipNo, setSlipNo] = useState('');
  const detail = useQuery({
    queryKey: [PAYMENTS, 'party', scopeId, party.partyId],
    queryFn: () => payApi.party(scopeId, party.partyId),
  });
  const tills = useQuery({
    queryKey: [PAYMENTS, 'tills', scopeId],
    queryFn: () => payApi.tills({ scopeId, limit: 20 }),
  });
  const till = tills.data?.items.find(({ state }) => state === 'open');
  const groups = groupsOf(detail.data?.lines ?? []);
  const chosen = groups.filter(({ key }) => !left.has(key));
  const dueFen = chosen.reduce((sum, group) => sum + group.dueFen, 0);
  const amountFen = amount.trim() === '' ? dueFen : fenOf(amount);
  const take = useAct(
    (paidFen: number, key) =>
      payApi.takeParty(
        {
          scopeId,
          partyId: party.partyId,
          way,
          amountFen: paidFen,
          ...(way === 'balance' || till === undefined ? {} : { sessionId: till.id }),
          ...(way === 'card' ? { slipNo: slipNo.trim() } : {}),
          ...(chosen.length === 0 || left.size === 0
            ? {}
            : { lineIds: chosen.flatMap(({ lineIds }) => lineIds) }),
        },
        key,
      ),
    null,
    () => {
      notify(t('payDesk.take.done', { total: yuan(amountFen ?? 0) }));
      onClose();
    },
  );
  const isReady =
    detail.isSuccess &&
    amountFen !== null &&
    amountFen > 0 &&
    (way === 'balance' ? amountFen <= Math.min(dueFen, party.prepaidFen) : till !== undefined) &&
    (way !== 'card' || slipNo.trim() !== '');
  return (
    <Dialog
      title={party.name}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!isReady}
            isBusy={take.isPending}
            onPress={() => take.mutate(amountFen ?? 0)}
          >
            {t('payDesk.take.total', { total: yuan(amountFen ?? 0) })}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Pending of={detail} lines={3} />
        {detail.isSuccess && groups.length === 0 && <p className={css.note}>{t('payDesk.party.nothing')}</p>}
        <ul className={css.list}>
          {groups.map((group) => (
            <li key={group.key} className={css.line}>
              <Checkbox
                isSelected={!left.has(group.key)}
                onChange={(isIn) => {
                  const next = new Set(left);
                  if (isIn) next.delete(group.key);
                  else next.add(group.key);
                  setLeft(next);
                }}
              >
                {t('payDesk.party.group', {
                  name: group.name,
                  month: group.month,
                  count: group.lineIds.length,
                })}
              </Checkbox>
              <span>{yuan(group.dueFen)}</span>
            </li>
          ))}
        </ul>
        <Segmented
          label={t('payDesk.take.way')}
          options={ways.map((value) => ({ value, label: t(`payments.way.${value}`) }))}
          value={way}
          onChange={setWay}
        />
        {way !== 'balance' && tills.isSuccess && till === undefined && (
          <p className={css.error} role="alert">
            {t('payDesk.till.none')}
          </p>
        )}
        <div className={css.two}>
          <TextField
            label={t('payDesk.party.amount', { due: yuan(dueFen) })}
            inputMode="decimal"
            value={amount}
            error={amountFen === null ? t('payDesk.till.amountWrong') : undefined}
            onChange={setAmount}
          />
          {way === 'card' && (
            <TextField label={t('payDesk.take.slip')} maxLength={40} value={slipNo} onChange={setSlipNo} />
          )}
        </div>
        <p className={css.note}>{t('payDesk.party.rest')}</p>
      </div>
    </Dialog>
  );
}

import { lineName } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Checkbox, Dialog, ErrorState, Segmented, Select, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { ownCompounds, ScopePicker } from '../../components/scope-picker.tsx';
import { useMe } from '../../app/session.tsx';
import { untyped } from '../billing/parts.tsx';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { type BankLine, PAYMENTS, payApi, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';

const payers = ['home', 'party'] as const;

/** In the order in which they are due; the last one in part, where the money does not reach. In fen. */
function spread(lines: readonly { readonly lineId: string; readonly dueFen: number }[], amountFen: number) {
  let left = amountFen;
  return lines.flatMap(({ lineId, dueFen }) => {
    const part = Math.min(left, dueFen);
    left -= part;
    return part > 0 ? [{ kind: 'bill_line' as const, id: lineId, amountFen: part }] : [];
  });
}

/** A line of the bank's list is somebody's payment: whose, and what it is for. What is left over is their balance. */
export function TransferDialog({
  companyId,
  line,
  onClose,
}: {
  companyId: string;
  line: BankLine;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { acting } = useMe();
  const [scopeId, setScopeId] = useState(line.payer?.scopeId ?? ownCompounds(acting)[0]?.id);
  const [payer, setPayer] = useState<(typeof payers)[number]>(line.payer === null ? 'home' : 'party');
  const [words, setWords] = useState('');
  const [householdId, setHouseholdId] = useState('');
  const [partyId, setPartyId] = useState(line.payer?.partyId ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const parties = useQuery({
    queryKey: [PAYMENTS, 'parties', scopeId],
    queryFn: () => payApi.parties(scopeId ?? ''),
    enabled: scopeId !== undefined && payer === 'party',
  });
  const offer = useQuery({
    queryKey: [PAYMENTS, 'offer', scopeId, householdId],
    queryFn: () => payApi.offer(scopeId ?? '', householdId),
    enabled: scopeId !== undefined && payer === 'home' && householdId !== '',
  });
  const lines = (offer.data?.lines ?? []).filter(({ isElsewhere }) => !isElsewhere);
  const targets = spread(
    lines.filter(({ lineId }) => chosen.has(lineId)),
    line.amountFen,
  );
  const leftFen = line.amountFen - targets.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const take = useAct(
    (_: null, key) =>
      payApi.transfer(
        {
          scopeId: scopeId ?? '',
          companyId,
          bankLineId: line.id,
          ...(payer === 'party'
            ? { partyId }
            : { householdId, ...(targets.length === 0 ? {} : { targets }) }),
        },
        key,
      ),
    t('payDesk.transfer.done'),
    onClose,
  );
  const isReady =
    scopeId !== undefined && (payer === 'party' ? partyId !== '' : householdId !== '' && offer.isSuccess);
  return (
    <Dialog
      title={t('payDesk.transfer.title', { amount: yuan(line.amountFen) })}
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
            onPress={() => take.mutate(null)}
          >
            {t('payDesk.transfer.take')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>
          {line.day} · {line.text}
        </p>
        <ScopePicker
          label={t('payDesk.compound')}
          placeholder={t('payDesk.choose')}
          value={scopeId}
          onChange={(next) => {
            setScopeId(next);
            setHouseholdId('');
            setPartyId('');
            setChosen(new Set());
          }}
        />
        <Segmented
          label={t('payDesk.transfer.payer')}
          options={payers.map((value) => ({ value, label: t(`payDesk.transfer.payer.${value}`) }))}
          value={payer}
          onChange={setPayer}
        />
        {payer === 'party' && parties.isSuccess && parties.data.items.length === 0 && (
          <p className={css.note}>{t('payDesk.party.empty')}</p>
        )}
        {payer === 'party' && parties.data !== undefined && parties.data.items.length > 0 && (
          <Select
            label={t('payDesk.party.name')}
            value={partyId}
            options={[
              { value: '', label: t('payDesk.transfer.choose') },
              ...parties.data.items.map((one) => ({
                value: one.partyId,
                label: `${one.name} ${yuan(one.openFen)}`,
              })),
            ]}
            onChange={setPartyId}
          />
        )}
        {payer === 'home' && scopeId !== undefined && (
          <HouseholdPicker
            scopeId={scopeId}
            words={words}
            onWords={setWords}
            value={householdId}
            onChange={(id) => {
              setHouseholdId(id);
              setChosen(new Set());
            }}
            error={undefined}
          />
        )}
        {payer === 'home' && householdId !== '' && offer.isPending && (
          <Skeleton label={t('common.loading')} lines={3} />
        )}
        {offer.isError && (
          <ErrorState text={problemText(offer.error, text)} onRetry={() => void offer.refetch()} />
        )}
        {payer === 'home' && (
          <ul className={css.list}>
            {lines.map((one) => (
              <li key={one.lineId} className={css.line}>
                <Checkbox
                  isSelected={chosen.has(one.lineId)}
                  onChange={(isIn) => {
                    const next = new Set(chosen);
                    if (isIn) next.add(one.lineId);
                    else next.delete(one.lineId);
                    setChosen(next);
                  }}
                >
                  {lineName(untyped(t), { ...one, amountFen: one.openFen })} {one.period.slice(0, 7)}
                </Checkbox>
                <span>{yuan(one.dueFen)}</span>
              </li>
            ))}
          </ul>
        )}
        <p className={css.note}>
          {payer === 'party' ? t('payDesk.party.rest') : t('payDesk.transfer.rest', { rest: yuan(leftFen) })}
        </p>
      </div>
    </Dialog>
  );
}

import { Button, Dialog, Select, TextField } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { type DepositUnderway, PAYMENTS, payApi, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';
import { Pending } from '../../components/pending.tsx';

/** What of the deposit's account is nothing yet and proposed for no other. */
function useUnused(companyId: string, deposit: DepositUnderway) {
  const { account, broughtOn } = deposit;
  const pages = useInfiniteQuery({
    queryKey: [PAYMENTS, 'unused', companyId, account, broughtOn],
    queryFn: ({ pageParam }) =>
      payApi.unusedLines({
        scopeId: companyId,
        account,
        since: broughtOn,
        limit: 100,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const lines = (pages.data?.pages ?? []).flatMap(({ items }) => items);
  return { pages, lines };
}

/**
 * What cash on its way is: a line of the bank's list, the one that was found for it or any other of its account. What does not
 * agree is said why and proposed; what never got there goes back into the till once another confirms it.
 */
export function UnderwayDialog({
  companyId,
  deposit,
  onClose,
}: {
  companyId: string;
  deposit: DepositUnderway;
  onClose: () => void;
}) {
  const { t } = useText();
  const [note, setNote] = useState('');
  const [lineId, setLineId] = useState(deposit.bankLineId ?? '');
  const { pages, lines } = useUnused(companyId, deposit);
  const found = lines.find(({ id }) => id === lineId);
  const lineFen = found?.amountFen ?? (lineId === deposit.bankLineId ? deposit.lineFen : null);
  const common = { companyId, note: note.trim(), expectedVersion: deposit.version };
  const act = useAct(
    (body: Parameters<typeof payApi.onDeposit>[1], key) => payApi.onDeposit(deposit, body, key),
    t('payDesk.done'),
    onClose,
  );
  const isSaid = note.trim() !== '';
  const isSame = lineFen === deposit.amountFen;
  // What the list itself shows for it is proof; what somebody chose another confirms.
  const isProof = isSame && deposit.verdict === 'matched' && lineId === deposit.bankLineId;
  // Found for it, and not among those that are shown yet.
  const isFurther = deposit.bankLineId !== null && !lines.some(({ id }) => id === deposit.bankLineId);
  const options = [
    { value: '', label: t('payDesk.deposit.noLine') },
    ...(isFurther
      ? [
          {
            value: deposit.bankLineId ?? '',
            label: t('payDesk.deposit.foundLine', { amount: yuan(deposit.lineFen ?? 0) }),
          },
        ]
      : []),
    ...lines.map((line) => ({ value: line.id, label: `${line.day} ${yuan(line.amountFen)} ${line.text}` })),
  ];
  return (
    <Dialog
      title={t('payDesk.deposit.act', { amount: yuan(deposit.amountFen) })}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button isDisabled={!isSaid} onPress={() => act.mutate({ action: 'note', ...common })}>
            {t('payDesk.deposit.note')}
          </Button>
          {lineId === '' || lineFen === null ? (
            <Button
              isDisabled={!isSaid}
              isBusy={act.isPending}
              onPress={() => act.mutate({ action: 'give_back', ...common })}
            >
              {t('payDesk.deposit.proposeBack')}
            </Button>
          ) : (
            <Button
              variant="primary"
              isDisabled={!isProof && !isSaid}
              isBusy={act.isPending}
              onPress={() => act.mutate({ action: 'arrive', bankLineId: lineId, ...common })}
            >
              {t(isProof ? 'payDesk.deposit.arriveAs' : 'payDesk.deposit.proposeAs', {
                amount: yuan(lineFen),
              })}
            </Button>
          )}
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>
          {deposit.broughtOn} · {deposit.account} {deposit.slipNo} ·{' '}
          {t('payDesk.deposit.by', {
            made: deposit.madeByName,
            signed: deposit.signedByName ?? t('payDesk.till.nobody'),
          })}
        </p>
        <Pending of={pages} lines={2} />
        {pages.isSuccess && (
          <Select
            label={t('payDesk.deposit.line')}
            description={t('payDesk.deposit.lineText', { account: deposit.account, day: deposit.broughtOn })}
            value={lineId}
            options={options}
            onChange={setLineId}
          />
        )}
        {pages.hasNextPage && (
          <Button
            variant="quiet"
            isBusy={pages.isFetchingNextPage}
            onPress={() => void pages.fetchNextPage()}
          >
            {t('payDesk.deposit.moreLines')}
          </Button>
        )}
        <p className={css.note}>{t('payDesk.deposit.twoText')}</p>
        <TextField
          label={t(lineFen !== null && !isSame ? 'payDesk.deposit.whyDiffers' : 'payDesk.deposit.why')}
          rows={2}
          maxLength={300}
          value={note}
          onChange={setNote}
        />
      </div>
    </Dialog>
  );
}

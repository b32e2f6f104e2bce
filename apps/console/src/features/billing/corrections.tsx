import { lineName, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Checkbox, EmptyState, notify, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { More } from '../../components/more.tsx';
import { Pending } from '../../components/pending.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { billingApi, billingKeys, type Correction } from './api.ts';
import css from './css.ts';
import { Money, untyped } from './parts.tsx';

const PAGE = 50;
const tones: Record<Correction['state'], Tone> = { asked: 'due', declined: 'waiting', done: 'done' };

const useCorrections = (scopeId: string, householdId: string | undefined, isOpen: boolean) =>
  useInfiniteQuery({
    queryKey: billingKeys.corrections(scopeId, `${householdId ?? ''} ${isOpen}`),
    queryFn: ({ pageParam }) =>
      billingApi.corrections({
        scopeId,
        limit: PAGE,
        ...(householdId === undefined ? {} : { householdId }),
        ...(isOpen ? { isOpen } : {}),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** What of a compound's bills is to be corrected: what another is to decide, and what came of it. */
export function Corrections({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(true);
  const list = useCorrections(scopeId, undefined, isOpen);
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <Checkbox isSelected={isOpen} onChange={setOpen}>
        {t('billing.correction.onlyOpen')}
      </Checkbox>
      {rows === undefined && <Pending of={list} />}
      {rows?.length === 0 && <EmptyState icon={PencilLine} title={t('billing.correction.none')} />}
      {rows !== undefined && rows.length > 0 && <Table rows={rows} isOfHome={false} />}
      <More list={list} />
    </>
  );
}

/** The same of one home; nothing where nothing waits. */
export function HomeCorrections({ scopeId, householdId }: { scopeId: string; householdId: string }) {
  const { t } = useText();
  const list = useCorrections(scopeId, householdId, true);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>{t('billing.correction.open')}</h2>
      <Table rows={rows} isOfHome />
      <More list={list} />
    </section>
  );
}

function Table({ rows, isOfHome }: { rows: readonly Correction[]; isOfHome: boolean }) {
  const { t, when } = useText();
  const now = useNow();
  return (
    <RecordsTable
      label={t('billing.view.corrections')}
      heads={[
        { word: t('billing.column.asked') },
        ...(isOfHome ? [] : [{ word: t('billing.column.home') }]),
        { word: t('billing.column.item') },
        { word: t('billing.correction.was'), isFigure: true },
        { word: t('billing.correction.paid'), isFigure: true },
        { word: t('billing.correction.becomes'), isFigure: true },
        { word: t('billing.take.reason') },
        { word: t('billing.column.state') },
        { word: t('billing.correction.acts') },
      ]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            {when(row.askedAt, now)} · {row.askedByName}
          </td>
          {!isOfHome && (
            <td>
              <Link {...url.account(row.scopeId, row.householdId)}>{row.householdLabel}</Link>
            </td>
          )}
          <td>
            <Link {...url.billLine(row.scopeId, row.lineId)}>
              {row.period.slice(0, 7)} {lineName(untyped(t), { ...row, amountFen: row.lineFen })}
            </Link>
          </td>
          <Money fen={row.lineFen} />
          <Money fen={row.settledFen} />
          <td className={css.figure}>
            <strong>{row.amountFen === null ? t('billing.correction.nothing') : yuan(row.amountFen)}</strong>
          </td>
          <td>{row.reason}</td>
          <td>
            <StatusChip tone={tones[row.state]} word={t(`billing.correction.${row.state}`)} />
            {row.decidedByName !== null && <p className={css.note}>{row.decidedByName}</p>}
            {row.isAlone && <p className={css.note}>{t('billing.correction.alone')}</p>}
          </td>
          <td>
            <Acts of={row} />
          </td>
        </tr>
      ))}
    </RecordsTable>
  );
}

function Acts({ of }: { of: Correction }) {
  const text = useText();
  const { t } = text;
  const decide = useMutation({
    mutationFn: (action: 'approve' | 'decline') => billingApi.decideCorrection(of, action, newKey()),
    onSuccess: () => notify(t('billing.correction.decided')),
    onError: (error) => notify(problemText(error, text), { tone: 'late' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  if (of.state !== 'asked') return null;
  if (of.isOwn) return <span className={css.note}>{t('billing.correction.own')}</span>;
  if (!of.mayDecide) return null;
  return (
    <div className={css.acts}>
      {(['approve', 'decline'] as const).map((action) => (
        <Button
          key={action}
          size="small"
          variant={action === 'approve' ? 'primary' : 'quiet'}
          isBusy={decide.isPending && decide.variables === action}
          onPress={() => decide.mutate(action)}
        >
          {t(`billing.correction.${action}`)}
        </Button>
      ))}
    </div>
  );
}

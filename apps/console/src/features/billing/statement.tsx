import { lineName } from '@gongzhi/i18n/bill-basis.ts';
import { buttonClass } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../api-types.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { DateRange } from '../../components/date-range.tsx';
import { billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { Money, untyped } from './parts.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What a household owed, was billed and paid in any time; a year back where none is chosen. As paper besides. */
export function Statement({ scopeId, householdId }: { scopeId: string; householdId: string }) {
  const { t, locale } = useText();
  const [range, setRange] = useState<{ from?: string | undefined; to?: string | undefined }>({});
  const query = {
    scopeId,
    householdId,
    ...(range.from === undefined ? {} : { from: range.from }),
    ...(range.to === undefined ? {} : { to: range.to }),
  };
  const asked = useQuery({
    queryKey: billingKeys.home(householdId, `statement ${range.from ?? ''} ${range.to ?? ''}`),
    queryFn: () => billingApi.statement(query),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={css.head}>
        <DateRange
          label={t('billing.statement.when')}
          from={range.from ?? asked.data?.from}
          to={range.to ?? asked.data?.to}
          onChange={(change) => setRange({ ...range, ...change })}
        />
        {asked.data !== undefined && asked.data.entries.length > asked.data.mostOnPaper ? (
          <p className={css.note}>
            {t('bills.statement.tooLong', {
              count: asked.data.entries.length,
              most: asked.data.mostOnPaper,
            })}
          </p>
        ) : (
          <a
            className={buttonClass('secondary', 'medium')}
            href={`/api/v1/bills/statement/paper?${new URLSearchParams({ ...query, locale }).toString()}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('billing.statement.paper')}
          </a>
        )}
      </div>
      {asked.error !== null || asked.data === undefined ? (
        <Pending of={asked} />
      ) : (
        <Entries scopeId={scopeId} statement={asked.data} />
      )}
    </>
  );
}

function Entries({ scopeId, statement }: { scopeId: string; statement: Answer<'getStatement'> }) {
  const { t, tk } = useText();
  const { entries, ...sums } = statement;
  return (
    <RecordsTable
      label={t('billing.account.view.statement')}
      heads={[
        { word: t('billing.column.day') },
        { word: t('billing.column.what') },
        { word: t('billing.column.item') },
        { word: t('billing.column.owed'), isFigure: true },
        { word: t('billing.account.prepaid'), isFigure: true },
      ]}
    >
      <tr>
        <td>{sums.from}</td>
        <td>{t('billing.statement.opening')}</td>
        <td />
        <Money fen={sums.openingOwedFen} isStrong />
        <Money fen={sums.openingPrepaidFen} isStrong />
      </tr>
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td>{entry.on}</td>
          <td>{tk(`bills.entry.${entry.kind}`, {}, 'bills.entry.other')}</td>
          <td>
            {entry.item !== null && entry.lineId !== null && (
              <Link {...url.billLine(scopeId, entry.lineId)}>
                {lineName(untyped(t), {
                  item: entry.item,
                  name: entry.name ?? '',
                  amountFen: entry.kind === 'credit' ? -1 : 1,
                })}
              </Link>
            )}
          </td>
          <Money fen={entry.owedFen} />
          <Money fen={entry.prepaidFen} />
        </tr>
      ))}
      <tr>
        <td>{sums.to}</td>
        <td>{t('billing.statement.closing')}</td>
        <td />
        <Money fen={sums.closingOwedFen} isStrong />
        <Money fen={sums.closingPrepaidFen} isStrong />
      </tr>
    </RecordsTable>
  );
}

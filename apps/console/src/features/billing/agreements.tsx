import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, EmptyState, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FilePlus2, FileText } from 'lucide-react';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { type Text, useText } from '../../app/text.ts';
import { AgreementDialog } from './agreement-dialog.tsx';
import { standing, todayHere } from './agreement-draft.ts';
import { type Agreement, billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { textOf } from './draft.ts';
import { EndDialog } from './end-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What single homes have besides the others: what holds first, then what held. */
export function Agreements({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const mayChange = useMay('tariff.change');
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Agreement | null>(null);
  const list = useQuery({
    queryKey: billingKeys.agreements(scopeId),
    queryFn: () => billingApi.agreements(scopeId),
  });
  if (list.data === undefined) return <Pending of={list} />;
  const { items } = list.data;
  const today = todayHere();
  return (
    <>
      {mayChange && (
        <div className={css.head}>
          <Button variant="primary" icon={FilePlus2} onPress={() => setAdding(true)}>
            {t('billing.agreement.add')}
          </Button>
          <p className={css.note}>{t('billing.agreement.text')}</p>
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState icon={FileText} title={t('billing.agreement.none')} />
      ) : (
        <RecordsTable
          label={t('billing.view.agreements')}
          heads={[
            { word: t('billing.column.home') },
            { word: t('billing.column.kind') },
            { word: t('billing.column.terms') },
            { word: t('billing.column.from') },
            { word: t('billing.column.until') },
            { word: t('billing.column.source') },
            { word: t('billing.column.by') },
            { word: t('billing.column.state') },
          ]}
        >
          {items.map((row) => (
            <tr key={row.id}>
              <td>
                <Link {...url.account(scopeId, row.householdId)}>{row.householdLabel}</Link>
              </td>
              <td>{kindWords(text, row)}</td>
              <td>{termsWords(text, row)}</td>
              <td>{row.startsOn}</td>
              <td>{row.endsOn ?? ''}</td>
              <td>{row.source}</td>
              <td>{row.createdByName}</td>
              <td>
                <Standing row={row} today={today} />{' '}
                {mayChange && row.endsOn === null && (
                  <Button size="small" variant="quiet" onPress={() => setEnding(row)}>
                    {t('billing.end.open')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {isAdding && <AgreementDialog scopeId={scopeId} onClose={() => setAdding(false)} />}
      {ending !== null && (
        <EndDialog
          name={`${ending.householdLabel} ${kindWords(text, ending)}`}
          version={ending.version}
          end={(body, key) => billingApi.endAgreement(scopeId, ending.id, body, key)}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

export function Standing({
  row,
  today,
}: {
  row: { startsOn: string; endsOn: string | null };
  today: string;
}) {
  const { t } = useText();
  const stands = standing(row, today);
  return (
    <StatusChip
      tone={stands === 'holds' ? 'done' : stands === 'notYet' ? 'due' : 'waiting'}
      word={t(`billing.${stands}`)}
    />
  );
}

function kindWords({ t, tk }: Text, { kind }: Agreement): string {
  return kind === 'vacancy'
    ? t('billing.agreement.vacancy')
    : tk(`billing.short.${kind}`, {}, 'billing.kind.rent');
}

function termsWords({ t }: Text, { kind, params }: Agreement): string {
  switch (kind) {
    case 'parking':
      return t('billing.agreement.ofSpaces', { count: params.spaces ?? 1, label: params.label ?? '' }).trim();
    case 'rent':
      return [
        t('billing.agreement.ofRent', { amount: yuan(params.rent?.monthlyFen ?? 0) }),
        ...(params.rent?.rises ?? []).map(({ from, addFen, addBp }) =>
          t('billing.agreement.ofRise', {
            day: from,
            more: addBp === undefined ? `+${yuan(addFen ?? 0)}` : `+${textOf(addBp, 2)}%`,
          }),
        ),
      ].join(t('common.listSeparator'));
    case 'deposit':
      return params.depositFen === undefined
        ? t('billing.agreement.asTariff')
        : t('billing.agreement.ofDeposit', { amount: yuan(params.depositFen) });
    default:
      return t('billing.agreement.ofVacancy');
  }
}

import { type Locale, t } from '@gongzhi/i18n';
import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { formatYuan, toIso } from '@gongzhi/kernel';
import { type Block, printPaper } from '../../platform/pdf/paper.ts';
import capitals from './data/capitals.json' with { type: 'json' };
import { type CapitalWords, inCapitals, receiptNumber } from './domain.ts';
import type { PaymentRow, RefundRow, TargetRow } from './tables.ts';

/** A receipt as paper. It is made anew whenever somebody asks: what it says stands in the payment, and never changes. */
export interface ReceiptFacts {
  readonly payment: PaymentRow;
  readonly targets: readonly TargetRow[];
  readonly refunds: readonly RefundRow[];
  readonly companyName: string;
  readonly scopeName: string;
  readonly timeZone: string;
  readonly isSimulated: boolean;
}

const words = capitals as unknown as CapitalWords;

export const yuan = (fen: number): string => `\u00a5${formatYuan(BigInt(fen))}`;

const time = (date: Date, zone: string): string => toIso(date.getTime(), zone).slice(0, 16).replace('T', ' ');

export function receiptName(payment: PaymentRow, locale: Locale): string {
  return `${t(locale, 'payments.receipt.title')} ${receiptNumber(payment.id, payment.bookedOn ?? '')}`;
}

export async function printReceipt(facts: ReceiptFacts, locale: Locale, now: Date): Promise<Buffer> {
  const { payment, targets, refunds, timeZone } = facts;
  const given = refunds.filter(({ state }) => state === 'done');
  const blocks: Block[] = [
    { kind: 'title', text: t(locale, 'payments.receipt.title') },
    ...(facts.isSimulated
      ? [{ kind: 'heading', text: t(locale, 'payments.receipt.simulated') } as const]
      : []),
    {
      kind: 'facts',
      facts: [
        [t(locale, 'payments.receipt.number'), receiptNumber(payment.id, payment.bookedOn ?? '')],
        [
          t(locale, payment.householdId === null ? 'payments.receipt.payer' : 'payments.receipt.home'),
          payment.householdId === null
            ? `${payment.householdLabel} (${facts.scopeName})`
            : `${facts.scopeName} ${payment.householdLabel}`,
        ],
        [t(locale, 'payments.receipt.paid_at'), time(payment.paidAt!, timeZone)],
        [t(locale, 'payments.receipt.way'), t(locale, `payments.way.${payment.way}`)],
        ...(payment.transactionId === null
          ? []
          : ([[t(locale, 'payments.receipt.transaction'), payment.transactionId]] as const)),
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: t(locale, 'payments.receipt.item'), parts: 1 },
        { label: t(locale, 'payments.receipt.amount'), isAmount: true },
      ],
      rows: targets.flatMap((target) => rowsOf(target, locale)),
      total: [t(locale, 'payments.receipt.total'), yuan(payment.amountFen)],
    },
    // Figures that no stroke can alter are Chinese; beside English words they would say nothing.
    ...(locale === 'zh-CN'
      ? [
          {
            kind: 'text',
            text: `${t(locale, 'payments.receipt.capitals')} ${inCapitals(payment.amountFen, words)}`,
          } as const,
        ]
      : []),
  ];
  if (given.length > 0)
    blocks.push(
      { kind: 'heading', text: t(locale, 'payments.receipt.refunds') },
      {
        kind: 'facts',
        facts: given.map((refund) => [time(refund.doneAt!, timeZone), yuan(refund.amountFen)] as const),
      },
    );
  blocks.push(
    { kind: 'right', lines: [facts.companyName, payment.bookedOn ?? ''] },
    { kind: 'rule' },
    { kind: 'small', text: t(locale, 'payments.receipt.no_invoice') },
  );
  const { bytes } = await printPaper({
    title: receiptName(payment, locale),
    language: locale,
    pageSize: 'A5',
    madeAt: now,
    blocks,
    lacking: (characters) => t(locale, 'payments.receipt.lacking', { characters }),
  });
  return bytes;
}

/** What did not go where it was meant to is said on a line of its own. */
function rowsOf(target: TargetRow, locale: Locale): string[][] {
  const rows: string[][] = [];
  const say: SayTarget = (key, params) =>
    (t as unknown as (...said: unknown[]) => string)(locale, key, params);
  const label = targetName(say, target);
  if (target.settledFen > 0) rows.push([label, yuan(target.settledFen)]);
  if (target.balanceFen > 0)
    rows.push([
      target.kind === 'prepay'
        ? t(locale, 'payments.target.prepay')
        : t(locale, 'payments.target.to_balance', { label }),
      yuan(target.balanceFen),
    ]);
  return rows;
}

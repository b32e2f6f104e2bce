import { parse } from 'csv-parse/sync';
import { openZip } from '../imports/zip.ts';
import columns from './data/columns.json' with { type: 'json' };
import { type FileLine, fenOf, ProviderSilent } from './provider.ts';

/** The files of a day as the providers write them. A line that cannot be read makes the file no file: never a smaller one. */

const mostBytes = 256 * 1024 * 1024;
const unreadable = (line: number) => new ProviderSilent(`a file that cannot be read at line ${line}`);

function amount(text: string | undefined, line: number): number {
  const fen = fenOf(text ?? '');
  if (fen === null) throw unreadable(line);
  return fen;
}

/** Columns by their names: both providers have added some over the years. */
function columnsOf<Name extends string>(
  names: readonly string[],
  wanted: Readonly<Record<Name, string>>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<string>(wanted).map(([key, name]) => {
      const at = names.indexOf(name);
      if (at < 0) throw new ProviderSilent(`a file without its column for ${key}`);
      return [key, at];
    }),
  ) as Record<Name, number>;
}

/** Every field begins with a backtick, so that no comma of a name splits it; two lines of totals end it. */
export function readWechatFile(text: string): FileLine[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const names = (lines[0] ?? '').split(',').map((name) => name.trim());
  const at = columnsOf(names, columns.wechat);
  const found: FileLine[] = [];
  let i = 1;
  for (; lines[i]?.startsWith('`') === true; i++) {
    const fields = lines[i]!.slice(1).split(',`');
    const field = (name: keyof typeof columns.wechat): string => (fields[at[name]] ?? '').trim();
    if (field('currency') !== 'CNY') throw unreadable(i + 1);
    const state = field('state');
    const isRefund = state === 'REFUND';
    if (state !== 'SUCCESS' && state !== 'REFUND') continue;
    // A refund that is under way is listed again on the day it is done.
    if (isRefund && field('refundState') !== 'SUCCESS') continue;
    found.push({
      kind: isRefund ? 'refund' : 'payment',
      tradeNo: field('trade'),
      refundNo: isRefund ? field('refund') : null,
      transactionId: field('transaction'),
      amountFen: amount(field(isRefund ? 'refunded' : 'total'), i + 1),
      feeFen: amount(field('fee'), i + 1),
      attach: field('attach'),
    });
  }
  // The totals say how many lines there were: a file that was cut off says none.
  const total = (lines[i + 1] ?? '').slice(1).split(',`');
  const listed = Number((total[0] ?? '').trim());
  if (!Number.isInteger(listed) || total.length < 2 || listed !== i - 1) throw unreadable(i + 2);
  return found;
}

/** A ZIP of GBK files; the one of single trades is not the summary. Notes begin with #, fields are padded. */
export async function readAlipayFile(zip: Buffer): Promise<FileLine[]> {
  const entries = [...openZip(zip).values()];
  // Their names are GBK too, and unreadable as UTF-8: told apart by what is in them.
  for (const entry of entries) {
    const parts: Buffer[] = [];
    for await (const part of entry.read(mostBytes)) parts.push(part);
    const text = new TextDecoder('gb18030').decode(Buffer.concat(parts));
    if (text.includes(columns.alipay.trade)) return readAlipayLines(text);
  }
  throw new ProviderSilent('a file without trades');
}

function readAlipayLines(text: string): FileLine[] {
  const rows = text
    .split(/\r?\n/)
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'));
  const notes = text.split(/\r?\n/).filter((line) => line.startsWith('#'));
  const cells = (line: string): string[] =>
    ((parse(line, { relax_quotes: true, relax_column_count: true }) as string[][])[0] ?? []).map((cell) =>
      cell.trim(),
    );
  const [head, ...body] = rows;
  const at = columnsOf(head === undefined ? [] : cells(head.line), columns.alipay);
  if (!notes.some((note) => note.includes(columns.alipayEnd))) throw unreadable(rows.length);
  return body.map(({ line, number }) => {
    const fields = cells(line);
    const field = (name: keyof typeof columns.alipay): string => fields[at[name]] ?? '';
    const kind = field('kind');
    const isRefund = kind === columns.alipayKinds.refund;
    if (!isRefund && kind !== columns.alipayKinds.payment) throw unreadable(number);
    return {
      kind: isRefund ? 'refund' : 'payment',
      tradeNo: field('trade'),
      refundNo: isRefund ? field('refund') : null,
      transactionId: field('transaction'),
      // Written negative where money went back; the service fee is negative where it was taken.
      amountFen: Math.abs(amount(field('total'), number)),
      feeFen: 0 - amount(field('fee'), number),
      attach: '',
    };
  });
}

import { formatYuan, parseYuan } from '@gongzhi/kernel/money.ts';

export const yuan = (fen: number): string => `¥${formatYuan(BigInt(fen))}`;

/** What somebody typed, in fen; null for what is no amount between one fen and `mostFen`. */
export function fenOf(text: string, mostFen: number): number | null {
  const parsed = parseYuan(text.trim());
  if (!parsed.ok) return null;
  const fen = Number(parsed.value);
  return fen > 0 && fen <= mostFen ? fen : null;
}

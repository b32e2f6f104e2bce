/**
 * An amount in the capital numerals that cannot be altered with a stroke, as receipts in China bear it (Accounting Basic
 * Work Specification, article 52). The words are a language's, and come from packages/i18n.
 */
export interface CapitalWords {
  /** Zero to nine. */
  readonly digits: readonly string[];
  /** Ten, hundred, thousand. */
  readonly tens: readonly [string, string, string];
  /** Ten thousand, hundred million, and a ten thousand of those. */
  readonly groups: readonly [string, string, string];
  readonly yuan: string;
  readonly jiao: string;
  readonly fen: string;
  /** Nothing follows. */
  readonly whole: string;
}

export function inCapitals(amountFen: number, words: CapitalWords): string {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError('no amount');
  const zero = words.digits[0]!;
  const yuan = Math.floor(amountFen / 100);
  const [jiao, fen] = [Math.floor((amountFen % 100) / 10), amountFen % 10];
  let text = '';
  if (yuan > 0) text += `${integer(yuan, words)}${words.yuan}`;
  if (jiao > 0) text += `${words.digits[jiao]}${words.jiao}`;
  else if (fen > 0 && yuan > 0) text += zero;
  if (fen > 0) return `${text}${words.digits[fen]}${words.fen}`;
  if (text === '') return `${zero}${words.yuan}${words.whole}`;
  return `${text}${words.whole}`;
}

/** Groups of four digits; a gap between two figures is one zero, however many digits it has. */
function integer(value: number, words: CapitalWords): string {
  const zero = words.digits[0]!;
  const digits = String(value);
  let text = '';
  let isGap = false;
  for (let i = 0; i < digits.length; i++) {
    const place = digits.length - 1 - i;
    const digit = Number(digits[i]);
    if (digit === 0) isGap = text !== '';
    else {
      if (isGap) text += zero;
      isGap = false;
      text += `${words.digits[digit]}${place % 4 === 0 ? '' : words.tens[(place % 4) - 1]}`;
    }
    const group = place / 4;
    const isGroupEnd = place % 4 === 0 && place > 0;
    // A group of zeros has no name of its own.
    if (isGroupEnd && Number(digits.slice(Math.max(0, i - 3), i + 1)) > 0) text += words.groups[group - 1];
  }
  return text;
}

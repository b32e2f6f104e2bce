import { err, ok, type Result } from '@gongzhi/kernel';

/**
 * A tariff as a formula: what was read (formula-reader.ts), typed, and calculated here in exact fractions. A mistake is a
 * mistake and never 0.
 */

/** What a formula may speak of, and in which unit. */
export const INPUTS = {
  area: 'm2',
  floor: 'floor',
  days: 'day',
  month: 'month',
  used: 'meter',
  usedThisYear: 'meter',
  isVacant: 'yes_no',
} as const;
export type Input = keyof typeof INPUTS;
export const isInput = (name: string): name is Input => Object.hasOwn(INPUTS, name);

/** A fraction whose parts are longer than this is no price. */
const MOST_DIGITS = 120;

export interface FormulaFault {
  readonly code:
    | 'too_long'
    | 'too_deep'
    | 'not_readable'
    | 'not_allowed'
    | 'unknown_name'
    | 'wrong_type'
    | 'wrong_count'
    | 'division_by_zero'
    | 'too_large'
    | 'negative'
    | 'input_missing';
  readonly what: string;
}

/** n / d, the denominator above nothing. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

type Value = Fraction | boolean;
export type Kind = 'number' | 'yes_no';

export type Op = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or';
export type Checked =
  | { readonly is: 'number'; readonly value: Fraction }
  | { readonly is: 'input'; readonly name: Input }
  | { readonly is: 'minus' | 'not'; readonly of: Checked }
  | { readonly is: 'op'; readonly op: Op; readonly a: Checked; readonly b: Checked }
  | { readonly is: 'if'; readonly test: Checked; readonly yes: Checked; readonly no: Checked }
  | { readonly is: 'call'; readonly name: FunctionName; readonly of: readonly Checked[] };

export const FUNCTIONS = {
  min: [1, 8],
  max: [1, 8],
  floor: [1, 1],
  ceil: [1, 1],
  round: [1, 1],
  abs: [1, 1],
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

export interface Formula {
  readonly expression: string;
  readonly inputs: readonly Input[];
  readonly root: Checked;
}

export class Fault extends Error {
  readonly fault: FormulaFault;
  constructor(code: FormulaFault['code'], what = '') {
    super(code);
    this.fault = { code, what };
  }
}

export function told<T>(run: () => T): Result<T, FormulaFault> {
  try {
    return ok(run());
  } catch (error) {
    if (error instanceof Fault) return err(error.fault);
    throw error;
  }
}

export function fraction(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new Fault('division_by_zero');
  const sign = d < 0n ? -1n : 1n;
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (b !== 0n) [a, b] = [b, a % b];
  const by = a === 0n ? 1n : a;
  const reduced = { n: (sign * n) / by, d: (sign * d) / by };
  if (reduced.n.toString().length > MOST_DIGITS || reduced.d.toString().length > MOST_DIGITS)
    throw new Fault('too_large');
  return reduced;
}

export type InputValues = Readonly<Partial<Record<Input, Fraction | boolean>>>;
/** A whole number in so many-ths: 8850 hundredths of a square metre. */
export const scaled = (value: number, scale: number): Fraction => ({ n: BigInt(value), d: BigInt(scale) });

function floor({ n, d }: Fraction): Fraction {
  const whole = n / d;
  return { n: n < 0n && whole * d !== n ? whole - 1n : whole, d: 1n };
}
/** Half up, away from nothing: as every line is rounded. */
function round({ n, d }: Fraction): Fraction {
  const half = (2n * (n < 0n ? -n : n) + d) / (2n * d);
  return { n: n < 0n ? -half : half, d: 1n };
}
const minus = ({ n, d }: Fraction): Fraction => ({ n: -n, d });
const compare = (a: Fraction, b: Fraction): number => {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
};

function evaluate(node: Checked, values: InputValues): Value {
  const at = (one: Checked) => evaluate(one, values) as Fraction;
  switch (node.is) {
    case 'number':
      return node.value;
    case 'input': {
      const value = values[node.name];
      if (value === undefined) throw new Fault('input_missing', node.name);
      return value;
    }
    case 'minus':
      return minus(at(node.of));
    case 'not':
      return !(evaluate(node.of, values) as boolean);
    case 'if':
      return evaluate((evaluate(node.test, values) as boolean) ? node.yes : node.no, values);
    case 'call':
      return call(node.name, node.of.map(at));
    case 'op':
      return operate(node, values);
  }
}

function call(name: FunctionName, [first, ...rest]: Fraction[]): Fraction {
  switch (name) {
    case 'floor':
      return floor(first!);
    case 'ceil':
      return minus(floor(minus(first!)));
    case 'round':
      return round(first!);
    case 'abs':
      return first!.n < 0n ? minus(first!) : first!;
    case 'min':
      return rest.reduce((least, one) => (compare(one, least) < 0 ? one : least), first!);
    case 'max':
      return rest.reduce((most, one) => (compare(one, most) > 0 ? one : most), first!);
  }
}

function operate(node: Extract<Checked, { is: 'op' }>, values: InputValues): Value {
  const { op } = node;
  if (op === 'and') return (evaluate(node.a, values) as boolean) && (evaluate(node.b, values) as boolean);
  if (op === 'or') return (evaluate(node.a, values) as boolean) || (evaluate(node.b, values) as boolean);
  const a = evaluate(node.a, values) as Fraction;
  const b = evaluate(node.b, values) as Fraction;
  switch (op) {
    case '+':
      return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
    case '-':
      return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
    case '*':
      return fraction(a.n * b.n, a.d * b.d);
    case '/':
      return fraction(a.n * b.d, a.d * b.n);
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    case '==':
      return compare(a, b) === 0;
    case '!=':
      return compare(a, b) !== 0;
  }
}

/** The formula says yuan; the line is its fen, rounded once, half up. Below nothing is a mistake, not a present. */
export function fenOf(formula: Formula, values: InputValues, mostFen: number): Result<number, FormulaFault> {
  return told(() => {
    const yuan = evaluate(formula.root, values) as Fraction;
    const { n } = round(fraction(yuan.n * 100n, yuan.d));
    if (n < 0n) throw new Fault('negative');
    if (n > BigInt(mostFen)) throw new Fault('too_large');
    return Number(n);
  });
}

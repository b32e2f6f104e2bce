import type { Result } from '@gongzhi/kernel';
import {
  type Checked,
  Fault,
  type Formula,
  type FormulaFault,
  fraction,
  type Fraction,
  type FunctionName,
  FUNCTIONS,
  type Input,
  INPUTS,
  isInput,
  type Kind,
  type Op,
  told,
} from './formula.ts';

/**
 * Reads a formula. Whoever parses (service-formulas.ts) does nothing else: what was made is checked node by node against
 * what is allowed.
 */

export const MOST_CHARACTERS = 300;
const MOST_NODES = 80;
const MOST_DEPTH = 16;
const OPS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '<', '<=', '>', '>=', '==', '!=', 'and', 'or']);

export function checkFormula(
  expression: string,
  parse: (text: string) => unknown,
): Result<Formula, FormulaFault> {
  return told(() => {
    if (expression.trim() === '') throw new Fault('not_readable');
    if (expression.length > MOST_CHARACTERS) throw new Fault('too_long', String(MOST_CHARACTERS));
    // Before the parser recurses into them.
    let open = 0;
    for (const letter of expression) {
      if (letter === '(') open++;
      if (letter === ')') open--;
      if (open > MOST_DEPTH) throw new Fault('too_deep', String(MOST_DEPTH));
    }
    let node: unknown;
    try {
      node = parse(expression);
    } catch (error) {
      throw new Fault('not_readable', (error as Error).message.slice(0, 120));
    }
    const inputs = new Set<Input>();
    const count = { nodes: 0 };
    const root = check(node, inputs, count, 0);
    if (kindOf(root) !== 'number') throw new Fault('wrong_type', 'yes_no');
    return { expression, inputs: [...inputs].sort(), root };
  });
}

/** Read loosely: what the parser made is not trusted to be what its types say. */
interface Raw {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly args?: readonly Raw[];
  readonly content?: Raw;
  readonly condition?: Raw;
  readonly trueExpr?: Raw;
  readonly falseExpr?: Raw;
  readonly fn?: Raw;
}

function check(given: unknown, inputs: Set<Input>, count: { nodes: number }, depth: number): Checked {
  const node = given as Raw;
  if (++count.nodes > MOST_NODES) throw new Fault('too_long', String(MOST_NODES));
  if (depth > MOST_DEPTH) throw new Fault('too_deep', String(MOST_DEPTH));
  const down = (child: unknown) => check(child, inputs, count, depth + 1);
  switch (node.type) {
    case 'ConstantNode': {
      const text = String(node.value);
      if (text === 'true' || text === 'false') throw new Fault('not_allowed', text);
      return { is: 'number', value: decimal(text) };
    }
    case 'SymbolNode': {
      const name = node.name ?? '';
      if (!isInput(name)) throw new Fault('unknown_name', name.slice(0, 40));
      inputs.add(name);
      return { is: 'input', name };
    }
    case 'ParenthesisNode':
      return down(node.content);
    case 'ConditionalNode': {
      const [test, then, otherwise] = [down(node.condition), down(node.trueExpr), down(node.falseExpr)];
      want(test, 'yes_no');
      want(otherwise, kindOf(then));
      return { is: 'if', test, yes: then, no: otherwise };
    }
    case 'OperatorNode':
      return operator(node, down);
    case 'FunctionNode': {
      const name = node.fn?.type === 'SymbolNode' ? (node.fn.name ?? '') : '';
      if (!Object.hasOwn(FUNCTIONS, name)) throw new Fault('not_allowed', name.slice(0, 40));
      const of = (node.args ?? []).map(down);
      const [least, most] = FUNCTIONS[name as FunctionName];
      if (of.length < least || of.length > most) throw new Fault('wrong_count', name);
      for (const one of of) want(one, 'number');
      return { is: 'call', name: name as FunctionName, of };
    }
    // Assignments, definitions, properties, indexes, arrays, objects, ranges, texts, blocks: nothing of a price.
    default:
      throw new Fault('not_allowed', node.type);
  }
}

function operator(node: Raw, down: (child: unknown) => Checked): Checked {
  const args = (node.args ?? []).map(down);
  const op = node.op ?? '';
  if (args.length === 1 && (op === '-' || op === '+')) {
    want(args[0]!, 'number');
    return op === '+' ? args[0]! : { is: 'minus', of: args[0]! };
  }
  if (args.length === 1 && op === 'not') {
    want(args[0]!, 'yes_no');
    return { is: 'not', of: args[0]! };
  }
  // `2 area` is more often a slip than a product.
  if (args.length !== 2 || !OPS.has(op) || node.implicit === true) throw new Fault('not_allowed', op);
  const [a, b] = args as [Checked, Checked];
  const kind: Kind = op === 'and' || op === 'or' ? 'yes_no' : 'number';
  want(a, kind);
  want(b, kind);
  return { is: 'op', op: op as Op, a, b };
}

function kindOf(node: Checked): Kind {
  switch (node.is) {
    case 'input':
      return INPUTS[node.name] === 'yes_no' ? 'yes_no' : 'number';
    case 'not':
      return 'yes_no';
    case 'op':
      return ['+', '-', '*', '/'].includes(node.op) ? 'number' : 'yes_no';
    case 'if':
      return kindOf(node.yes);
    default:
      return 'number';
  }
}

function want(node: Checked, kind: Kind): void {
  if (kindOf(node) !== kind) throw new Fault('wrong_type', kind);
}

function decimal(text: string): Fraction {
  const found = /^(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/i.exec(text);
  if (found === null) throw new Fault('not_allowed', text.slice(0, 40));
  const digits = found[2] ?? '';
  const power = Number(found[3] ?? 0) - digits.length;
  const n = BigInt((found[1] ?? '') + digits);
  return power >= 0 ? fraction(n * 10n ** BigInt(power), 1n) : fraction(n, 10n ** BigInt(-power));
}

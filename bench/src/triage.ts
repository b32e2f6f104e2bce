import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ask, type Example, type Model, teach } from '../../apps/server/src/modules/work-orders/index.ts';

/**
 * How well the triage model sorts real Chinese messages into classes: JSON Lines (gzip) with `detail`, `label` and perhaps
 * `subject`. The file is measured with and never shipped. The split is fixed: one text in five by its own hash is asked, the
 * others teach.
 */
export interface TriageFigures {
  readonly taught: number;
  readonly asked: number;
  readonly macroF1: number;
  readonly accuracy: number;
  readonly byLabel: readonly { readonly label: string; readonly asked: number; readonly f1: number }[];
  readonly trainSeconds: number;
  readonly messagesPerSecond: number;
  /** Of answers with at least this confidence: how many there were, how many were right, what was promised. */
  readonly calibration: readonly { least: number; share: number; right: number; promised: number }[];
}

export interface Row {
  readonly subject?: string;
  readonly detail: string;
  readonly label: string;
}

export function readRows<T>(file: string): T[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** FNV-1a over code points, mixed: which side of the split a text is on never changes. */
export function splitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

export function taughtBy(examples: readonly Example[]): Model {
  const steps = teach(examples);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const to3 = (n: number) => Math.round(n * 1000) / 1000;

export function measureTriage(file: string): TriageFigures {
  const rows = readRows<Row>(file);
  const textOf = ({ subject, detail }: Row) => (subject === undefined ? detail : `${subject}\n${detail}`);
  const isAsked = ({ detail }: Row) => splitHash(detail) % 5 === 0;
  const examples = rows
    .filter((row) => !isAsked(row))
    .map((row) => ({ text: textOf(row), label: row.label }));
  const questions = rows.filter(isAsked).map((row) => ({ text: textOf(row), label: row.label }));

  const before = performance.now();
  const model = taughtBy(examples);
  const trained = performance.now();
  const answers = questions.map(({ text }) => ask(model, text)[0]);
  const done = performance.now();

  const isRight = answers.map((answer, i) => answer?.label === questions[i]?.label);
  const byLabel = model.labels.map((label) => {
    const truth = questions.filter((one) => one.label === label).length;
    const said = answers.filter((one) => one?.label === label).length;
    const hits = questions.filter((one, i) => one.label === label && isRight[i]).length;
    return { label, asked: truth, f1: truth + said === 0 ? 0 : to3((2 * hits) / (truth + said)) };
  });
  const calibration = [0, 0.5, 0.6, 0.7, 0.8, 0.9].map((least) => {
    const at = answers.flatMap((answer, i) =>
      answer !== undefined && answer.confidence >= least ? [{ ...answer, right: isRight[i] }] : [],
    );
    const mean = (of: (one: (typeof at)[number]) => number) =>
      at.length === 0 ? 0 : to3(at.reduce((sum, one) => sum + of(one), 0) / at.length);
    return {
      least,
      share: to3(at.length / questions.length),
      right: mean((one) => Number(one.right)),
      promised: mean((one) => one.confidence),
    };
  });
  return {
    taught: examples.length,
    asked: questions.length,
    macroF1: to3(byLabel.reduce((sum, one) => sum + one.f1, 0) / byLabel.length),
    accuracy: to3(isRight.filter(Boolean).length / questions.length),
    byLabel,
    trainSeconds: to3((trained - before) / 1000),
    messagesPerSecond: Math.round((1000 * questions.length) / (done - trained)),
    calibration,
  };
}

export function triageTable(figures: TriageFigures): string {
  return [
    `${figures.taught} messages taught in ${figures.trainSeconds} s, ${figures.asked} asked at ${figures.messagesPerSecond} a second`,
    `macro-F1 ${figures.macroF1}, right ${figures.accuracy}`,
    ...figures.byLabel.map(
      ({ label, asked, f1 }) => `  ${String(f1).padEnd(7)}${String(asked).padStart(5)}  ${label}`,
    ),
    'confidence   answered   right   promised',
    ...figures.calibration.map(
      ({ least, share, right, promised }) =>
        `  ≥ ${least.toFixed(1)}      ${share.toFixed(3)}     ${right.toFixed(3)}   ${promised.toFixed(3)}`,
    ),
  ].join('\n');
}

import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import {
  ask,
  catalogue,
  type Correction,
  learn,
  type LearntWord,
  tradeWordsIn,
} from '../../apps/server/src/modules/work-orders/index.ts';
import { wordsOf } from '../../simulator/src/orders/reports.ts';
import { Random } from '../../simulator/src/random.ts';
import { sayOne } from '../../simulator/src/text.ts';
import { taughtBy } from './triage.ts';

/**
 * How often the catalogue suggests what an order of the demonstration really is, before and after the desk's
 * corrections. Half of the reports teach, the other half is asked: no sentence is in both.
 */
export interface SuggestFigures {
  readonly reports: number;
  readonly corrections: number;
  readonly before: Hits;
  readonly after: Hits;
  /** As the desk sees it: the model where it is sure, else the words. */
  readonly withModel: Hits;
  readonly silent: number;
}

interface Hits {
  readonly first: number;
  readonly amongThree: number;
}

interface Report {
  readonly code: string;
  readonly text: string;
}

/** Draws per category; the same sentence drawn twice is one. */
const drawn = 60;

function reportsOf(seed: string): Report[] {
  const found = new Map<string, Report>();
  for (const { code } of catalogue) {
    const words = wordsOf[code];
    if (words === undefined) continue;
    const random = new Random(seed).fork(code);
    for (let i = 0; i < drawn; i++) {
      const text = sayOne(words.said, random);
      found.set(text, { code, text });
    }
  }
  return [...found.values()];
}

const byWords =
  (learnt: readonly LearntWord[]) =>
  (text: string): string[] =>
    suggestCategories(text, catalogue, null, 3, learnt).map((one) => one.code);

function hits(reports: readonly Report[], suggest: (text: string) => string[]): Hits {
  let first = 0;
  let amongThree = 0;
  for (const { code, text } of reports) {
    const codes = suggest(text);
    if (codes[0] === code) first++;
    if (codes.includes(code)) amongThree++;
  }
  const share = (n: number): number => Math.round((1000 * n) / reports.length) / 10;
  return { first: share(first), amongThree: share(amongThree) };
}

export function measureSuggestions(): SuggestFigures {
  const all = reportsOf('suggest');
  const taught = all.filter((_, i) => i % 2 === 0);
  const asked = all.filter((_, i) => i % 2 === 1);
  const corrections = taught.flatMap<Correction>(({ code, text }) => {
    const suggested = suggestCategories(text, catalogue, null, 1)[0]?.code ?? null;
    // What is right already is corrected by nobody.
    if (suggested === code || suggested === null) return [];
    return [{ words: tradeWordsIn(text), suggestedCode: suggested, chosenCode: suggested, finalCode: code }];
  });
  const learnt = learn(corrections);
  const model = taughtBy(taught.map(({ code, text }) => ({ label: code, text })));
  const isSure = (text: string) => (ask(model, text)[0]?.confidence ?? 0) >= 0.6;
  return {
    reports: asked.length,
    corrections: corrections.length,
    before: hits(asked, byWords([])),
    after: hits(asked, byWords(learnt)),
    withModel: hits(asked, (text) =>
      isSure(text) ? ask(model, text).map(({ label }) => label) : byWords(learnt)(text),
    ),
    silent: asked.filter(({ text }) => !isSure(text)).length,
  };
}

export function suggestTable({
  reports,
  corrections,
  before,
  after,
  withModel,
  silent,
}: SuggestFigures): string {
  const line = (name: string, one: Hits): string =>
    `${name.padEnd(26)}${`${one.first} %`.padStart(10)}${`${one.amongThree} %`.padStart(12)}`;
  return [
    `${reports} reports asked, ${corrections} corrections learnt from`,
    `${''.padEnd(26)}${'first'.padStart(10)}${'among three'.padStart(12)}`,
    line('the catalogue alone', before),
    line('with the corrections', after),
    line('with the model before them', withModel),
    `the model was silent on ${silent}; sentences of the demonstration share turns of phrase, people do not: bench -- triage`,
  ].join('\n');
}

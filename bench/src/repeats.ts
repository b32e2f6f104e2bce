import { likeness, weigh } from '../../apps/server/src/modules/prevention/index.ts';
import { readRows } from './triage.ts';

/**
 * How well like words find messages about one thing, on real messages: JSON Lines (gzip) with `subject`, `detail` and, for
 * some, `weak_hot_topic` (which of five matters they are about, as one team of a contest found them: a weak reference, not
 * gold). The file is measured with and never shipped.
 *
 * A message's subject stands for the first sentence of a report. Pairs: of two labelled messages, are they of one topic, and does the likeness say so? Recall over the pairs of one topic;
 * precision over the pairs that are said alike, of labelled messages with labelled ones (what it costs) and with all the
 * others (a lower bound: the others were never labelled, though some of them are about the same matter).
 */
export interface RepeatFigures {
  readonly messages: number;
  readonly labelled: number;
  readonly seconds: number;
  readonly byThreshold: readonly {
    readonly least: number;
    readonly recall: number;
    readonly precision: number;
    readonly f1: number;
    readonly precisionAll: number;
  }[];
  /** With the product's threshold, by topic: what is like its best centre, of the topic and not labelled as such. */
  readonly topics: readonly { topic: number; messages: number; found: number; strangers: number }[];
}

interface Message {
  readonly subject: string;
  readonly weak_hot_topic: number | null;
}

const THRESHOLDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4];
const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000);

export function measureRepeats(file: string, productLeast = 0.15): RepeatFigures {
  const before = performance.now();
  const messages = readRows<Message>(file);
  const said = weigh(messages.map(({ subject }) => subject));
  const labelled = messages.flatMap(({ weak_hot_topic: topic }, i) => (topic === null ? [] : [{ i, topic }]));
  const isLabelled = new Set(labelled.map(({ i }) => i));

  const pairs: { alike: number; isSame: boolean }[] = [];
  const strangers: number[] = [];
  for (const [a, one] of labelled.entries()) {
    for (const other of labelled.slice(a + 1))
      pairs.push({ alike: likeness(said[one.i]!, said[other.i]!), isSame: one.topic === other.topic });
    for (const i of messages.keys()) if (!isLabelled.has(i)) strangers.push(likeness(said[one.i]!, said[i]!));
  }
  const same = pairs.filter(({ isSame }) => isSame).length;
  const byThreshold = THRESHOLDS.map((least) => {
    const found = pairs.filter(({ alike }) => alike >= least);
    const right = found.filter(({ isSame }) => isSame).length;
    const [recall, precision] = [share(right, same), share(right, found.length)];
    const outside = strangers.filter((alike) => alike >= least).length;
    return {
      least,
      recall,
      precision,
      f1: share(2 * recall * precision, recall + precision),
      precisionAll: share(right, found.length + outside),
    };
  });

  const topics = [...new Set(labelled.map(({ topic }) => topic))].sort((x, y) => x - y);
  return {
    messages: messages.length,
    labelled: labelled.length,
    byThreshold,
    topics: topics.map((topic) => {
      const own = new Set(labelled.filter((one) => one.topic === topic).map(({ i }) => i));
      return { topic, messages: own.size, ...bestCentre(own, said, productLeast) };
    }),
    seconds: Math.round((performance.now() - before) / 100) / 10,
  };
}

/** The message of a topic that most of its topic is like: how many, and how many others are like it too. */
function bestCentre(
  own: ReadonlySet<number>,
  said: ReturnType<typeof weigh>,
  least: number,
): { found: number; strangers: number } {
  let best = { found: 0, strangers: 0 };
  for (const centre of own) {
    const near = said.flatMap((one, i) => (likeness(said[centre]!, one) >= least ? [i] : []));
    const found = near.filter((i) => own.has(i)).length;
    if (found > best.found) best = { found, strangers: near.length - found };
  }
  return best;
}

export function repeatsTable(figures: RepeatFigures): string {
  return [
    `${figures.messages} messages, ${figures.labelled} of them with a (weak) topic, ${figures.seconds} s`,
    'like ≥   recall   precision   F1      precision, unlabelled taken for others',
    ...figures.byThreshold.map(
      (one) =>
        `  ${one.least.toFixed(2)}   ${one.recall.toFixed(3)}    ${one.precision.toFixed(3)}       ${one.f1.toFixed(3)}   ${one.precisionAll.toFixed(3)}`,
    ),
    'topic: messages, like the best centre, like it but not labelled as such',
    ...figures.topics.map((one) => `  ${one.topic}: ${one.messages}, ${one.found}, ${one.strangers}`),
  ].join('\n');
}

import { setImmediate as others } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Executor, WorkerDatabase } from '../../platform/db/database.ts';
import { type Answer, ask, type Example, type Model, pack, teach, unpack } from './domain.ts';
import { catalogueOf } from './facts.ts';
import {
  type AnswerKind,
  ANSWERS,
  type Decided,
  decidedOrders,
  modelOf,
  newestModel,
  writeModel,
} from './queries-triage.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** The newest so many matters teach; older ones were sorted by older habits. */
const MOST_EXAMPLES = 5_000;
/** What a label needs so that it can be told from others, and a city before anything is taught. */
const LEAST_OF_A_LABEL = 5;
const LEAST_EXAMPLES = 100;

/** Whose hands it is in: a trade of the company, or the receiver it was referred to. */
export type Unit = { readonly skill: string } | { readonly receiver: string };

function unitLabel(order: Decided, skill: string): string {
  return order.referredTo === null ? `skill:${skill}` : `receiver:${order.referredTo}`;
}

export function unitOf(label: string): Unit {
  const [kind = '', ...rest] = label.split(':');
  return kind === 'receiver' ? { receiver: rest.join(':') } : { skill: rest.join(':') };
}

function usable(examples: readonly Example[]): Example[] {
  const said = new Map<string, number>();
  for (const { label } of examples) said.set(label, (said.get(label) ?? 0) + 1);
  return examples.filter(({ label }) => said.get(label)! >= LEAST_OF_A_LABEL);
}

/** Drives the teaching, letting requests go in between its steps; null when the process is to end. */
async function taughtBy(examples: readonly Example[], isStopping: () => boolean): Promise<Model | null> {
  const steps = teach(examples);
  while (!isStopping()) {
    const step = steps.next();
    if (step.done) return step.value;
    await others();
  }
  return null;
}

const labelOf: Readonly<Record<AnswerKind, (order: Decided, skill: string) => string>> = {
  category: ({ category }) => category,
  unit: unitLabel,
};

/** A new version for each question that there is enough to learn for; how many there are. No transaction is held meanwhile. */
export async function teachCity(
  worker: WorkerDatabase,
  cityId: string,
  now: Date,
  isStopping: () => boolean,
): Promise<number> {
  const [orders, catalogue] = await worker.work((tx) =>
    Promise.all([decidedOrders(tx, cityId, MOST_EXAMPLES), catalogueOf(tx)]),
  );
  const [newest] = orders;
  if (newest === undefined) return 0;
  let made = 0;
  for (const answers of ANSWERS) {
    const examples = usable(
      orders.map((order) => ({
        text: order.text,
        label: labelOf[answers](order, catalogue.get(order.category)?.skill ?? 'other'),
      })),
    );
    const known = new Set(examples.map(({ label }) => label));
    if (examples.length < LEAST_EXAMPLES || known.size < 2) continue;
    const model = await taughtBy(examples, isStopping);
    if (model === null) break;
    const { bytes, ...packed } = pack(model);
    const deflated = await deflate(bytes, { level: 6 });
    await worker.work(async (tx) => {
      const last = await newestModel(tx, cityId, answers);
      const version = (last?.version ?? 0) + 1;
      writeModel(tx, { cityId, answers, version, newestOrderId: newest.id, packed, bytes: deflated }, now);
    });
    made++;
  }
  return made;
}

interface Remembered {
  readonly version: number;
  readonly model: Model;
}

/** A city's models in this process: some tens of megabytes, so only the last few cities'. */
const remembered = new Map<string, Remembered>();
const MOST_REMEMBERED = 8;

async function modelFor(
  q: Executor,
  cityId: string,
  answers: AnswerKind,
): Promise<(Remembered & { trainedAt: Date }) | null> {
  const newest = await newestModel(q, cityId, answers);
  if (newest === null) return null;
  const { version, trainedAt } = newest;
  const key = `${cityId} ${answers}`;
  const known = remembered.get(key);
  if (known?.version === version) return { ...known, trainedAt };
  const stored = await modelOf(q, cityId, answers, version);
  if (stored === null) return null;
  const model = unpack({ ...stored.model, bytes: await inflate(stored.bytes) });
  remembered.delete(key);
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
  remembered.set(key, { version, model });
  return { version, model, trainedAt };
}

export interface Asked {
  readonly answers: readonly Answer[];
  readonly version: number;
  readonly taught: number;
  readonly trainedAt: Date;
}

/** What a city's desks would have said, as far as they have taught it; null: nothing was taught yet. */
export async function askCity(
  q: Executor,
  cityId: string,
  answers: AnswerKind,
  text: string,
): Promise<Asked | null> {
  const known = await modelFor(q, cityId, answers);
  if (known === null) return null;
  const { model, version, trainedAt } = known;
  return { answers: ask(model, text), version, taught: model.taught, trainedAt };
}

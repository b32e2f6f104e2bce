import type { PassKind } from '@gongzhi/gate';
import type { Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import { contactsOf, holdersOf } from './domain/tracing.ts';
import { listGates } from './queries-gates.ts';
import {
  carsAtHome,
  heldBeside,
  knownPasses,
  passagesAround,
  passagesOfPasses,
  type SealedHolding,
  type TracingRow,
} from './queries-tracing.ts';
import { passFields } from './tables-passes.ts';

/** Whom somebody met at a gate: by the person on both sides, however many passes either of them showed. */

/** More are no contacts of somebody: then the window or the time is too wide. */
const mostContacts = 2_000;

/** As it lies sealed: no names, for those are opened when the list leaves. */
export interface SealedContact {
  readonly passId: string;
  readonly kind: PassKind;
  readonly gate: string;
  readonly at: string;
  readonly apartSeconds: number;
  readonly times: number;
}
export interface SealedList {
  readonly unknown: number;
  readonly contacts: readonly SealedContact[];
}

/** Who holds these passes, and everything else of theirs. */
async function heldBy(
  house: House,
  tx: Tx,
  scopeId: string,
  passIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  let held: SealedHolding[] = [];
  // A card names the person, a phone the account: what one is found by may lead to another.
  for (let known = passIds; ; known = held.map(({ id }) => id)) {
    held = await heldBeside(tx, scopeId, known);
    if (held.length <= known.length) break;
  }
  return holdersOf(
    held.map(({ nameCipher, ...pass }) => ({
      ...pass,
      name: nameCipher === null ? null : house.crypto.open(nameCipher, passFields.name, pass.id),
    })),
  );
}

/** Who went through the same gates around the same moments. */
export async function trace(
  house: House,
  tx: Tx,
  acting: Acting,
  wall: Wall,
  row: TracingRow,
): Promise<SealedList> {
  const { scopeId, passId, windowMinutes } = row;
  const notBefore = row.measureFrom;
  if (passId === null || notBefore === null) return { unknown: 0, contacts: [] };
  const theirs = await heldBy(house, tx, scopeId, [passId]);
  const own = [...theirs.keys()].filter((id) => theirs.get(id) === theirs.get(passId));
  // Who drove the home's car nobody knows: they are not followed by it, and do not meet themselves in it.
  const passIds = [...own, ...(await carsAtHome(tx, scopeId, own))];
  const since = new Date(Math.max(row.fromAt.getTime(), notBefore.getTime()));
  const subject = await passagesOfPasses(tx, scopeId, own, since, row.toAt);
  const timesOf = new Map<string, Date[]>();
  for (const { gateId, at } of subject) {
    const times = timesOf.get(gateId);
    if (times === undefined) timesOf.set(gateId, [new Date(at)]);
    else times.push(new Date(at));
  }
  const around = await Promise.all(
    [...timesOf].map(([gateId, times]) =>
      passagesAround(tx, scopeId, { passIds, gateId, times, notBefore }, windowMinutes),
    ),
  );
  const meetings = around.flatMap((one) => one.meetings);
  const met = [...new Set(meetings.map((one) => one.passId))];
  const contacts = contactsOf(subject, meetings, windowMinutes, await heldBy(house, tx, scopeId, met));
  if (contacts.length > mostContacts)
    throw new Problem('access.tracing_refused', { reason: 'too_many' }, [
      { path: '/windowMinutes', code: 'too_many', params: { most: mostContacts } },
    ]);
  const [passes, gates] = await Promise.all([
    knownPasses(
      tx,
      scopeId,
      contacts.map((contact) => contact.passId),
    ),
    listGates(tx, acting, wall, true),
  ]);
  const kindOf = new Map(passes.map(({ id, kind }) => [id, kind]));
  const nameOf = new Map(gates.map(({ id, name }) => [id, name]));
  return {
    unknown: around.reduce((sum, { unknown }) => sum + unknown, 0),
    contacts: contacts.flatMap(({ passId: id, gateId, at, apart, times }) => {
      const kind = kindOf.get(id);
      return kind === undefined
        ? []
        : [
            {
              passId: id,
              kind,
              gate: nameOf.get(gateId) ?? '',
              at: new Date(at).toISOString(),
              apartSeconds: Math.round(apart / 1_000),
              times,
            },
          ];
    }),
  };
}

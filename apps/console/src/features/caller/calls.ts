import type { CallerHome } from '../../api-types.ts';
import { readDraft, writeDraft } from '../../components/draft.ts';
import { type CallerDraft, freshDraft } from './caller-draft.ts';

/** Several may ring at once: which calls are being written down, and which of them is open. */
export interface OpenCalls {
  calls: number[];
  open: number;
}

export const noCalls: OpenCalls = { calls: [1], open: 1 };

/** Whose: one computer, one person, one capacity. */
export interface Writer {
  readonly account: { readonly id: string };
  readonly acting: { readonly id: string };
}

export const callsKey = ({ account, acting }: Writer): string => `calls.${account.id}.${acting.id}`;
export const callKey = ({ account, acting }: Writer, call: number): string =>
  `caller.${account.id}.${acting.id}.${call}`;

const isBlank = (draft: CallerDraft): boolean =>
  [draft.caller, draft.description, draft.householdId, draft.name, draft.phone, draft.categoryCode].every(
    (value) => value === '',
  );

/**
 * Lays a sheet out for who is on the line: the one with their number where there is one, else a blank one beside what is
 * being written for others.
 */
export function writeDown(
  writer: Writer,
  number: string,
  home: Pick<CallerHome, 'scopeId' | 'householdId'> | null,
  scopeId: string,
): void {
  const key = callsKey(writer);
  const { calls } = readDraft(key, noCalls);
  const draftOf = (call: number): CallerDraft => readDraft(callKey(writer, call), freshDraft(scopeId));
  const known = calls.find((call) => number !== '' && draftOf(call).caller === number);
  const call = known ?? calls.find((one) => isBlank(draftOf(one))) ?? Math.max(...calls) + 1;
  writeDraft(callKey(writer, call), freshDraft(scopeId), {
    caller: number,
    ...(home === null
      ? {}
      : {
          scopeId: home.scopeId,
          householdId: home.householdId,
          place: 'home',
          buildingId: '',
          facilityId: '',
          photoIds: [],
        }),
  });
  writeDraft(key, noCalls, { calls: calls.includes(call) ? calls : [...calls, call], open: call });
}

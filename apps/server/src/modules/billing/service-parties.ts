import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { lockPartyLines, partyLineRows } from './queries-parties.ts';
import { type OpenLine, openView } from './service-settling.ts';

export interface PartyLine extends OpenLine {
  readonly householdLabel: string;
}

interface Whose {
  readonly scopeId: string;
  readonly companyId: string | null;
  readonly partyId: string;
  readonly lineIds?: readonly string[] | undefined;
}

/** What an organisation owes to who serves a compound now, the oldest first. */
export async function partyLines(q: Executor, of: Whose, today: LocalDate): Promise<PartyLine[]> {
  return (await partyLineRows(q, of)).map((row) => ({
    ...openView(row, today),
    householdLabel: row.householdLabel,
  }));
}

/** The same; nobody else pays or takes back any of them until the transaction ends. */
export async function holdPartyLines(tx: Tx, of: Whose, today: LocalDate): Promise<PartyLine[]> {
  await lockPartyLines(tx, of);
  return partyLines(tx, of, today);
}

import { parseYuan } from '@gongzhi/kernel';
import type { Tx } from '../../../platform/db/database.ts';
import type { House } from '../../../platform/house.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import type { WorkingCommand, WorkingDecision } from '../domain.ts';
import type { Order } from '../tables.ts';
import type { Place } from './facts.ts';
import type { Sheet, VisitRow } from './queries.ts';

/** What lies on the table while a command about the work is prepared. */

/** What a command is made of, with what was looked up for it. */
export interface Prepared {
  readonly command: WorkingCommand;
  readonly names?: ReadonlyMap<string, string>;
  /** The pictures that came with it: signatures and check-lists. */
  readonly photos?: {
    readonly type: 'work_order.signature' | 'work_order.safety';
    readonly fileIds: readonly string[];
  };
  /** Writes what lies beside the order, once it is decided. */
  readonly write?: (decision: WorkingDecision) => void;
}

export interface Desk {
  readonly tx: Tx;
  readonly house: House;
  readonly acting: Acting;
  readonly order: Order;
  readonly sheet: Sheet;
  readonly place: Place;
  readonly now: Date;
}

export function money(text: string, path: string): bigint {
  const fen = parseYuan(text);
  if (!fen.ok) throw new Problem('validation.failed', {}, [{ path, code: 'money', params: {} }]);
  return fen.value;
}

export function unknownIn(path: string): Problem {
  return new Problem('validation.failed', {}, [{ path, code: 'unknown', params: {} }]);
}

export function openVisit(sheet: Sheet, visitId: string): VisitRow {
  const visit = sheet.visits.find(
    ({ id, doneAt, cancelledAt }) => id === visitId && doneAt === null && cancelledAt === null,
  );
  if (visit === undefined) throw unknownIn('/visitId');
  return visit;
}

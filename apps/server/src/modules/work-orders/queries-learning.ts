import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Correction, LearntWord } from './domain.ts';
import type { Wall } from './tables.ts';

/** Corrections kept, and what was learnt from them. */

export function writeCorrection(
  tx: Tx,
  order: { readonly id: string; readonly wall: Wall },
  correction: Correction,
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId } = order.wall;
  tx.write(
    sql`insert into work_orders.correction (scope_id, correction_id, work_order_id, city_id, street_id, company_id, words, suggested_code, chosen_code, final_code, corrected_at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${order.id}, ${cityId}, ${streetId}, ${companyId}, ${correction.words},
          ${correction.suggestedCode}, ${correction.chosenCode}, ${correction.finalCode}, ${now})`,
  );
}

/** The words of an order's last correction (worker role). */
export async function lastCorrectedWords(tx: Tx, scopeId: string, orderId: string): Promise<string[]> {
  const [row] = await tx.query<{ words: string[] }>(
    sql`select c.words from work_orders.correction c where c.scope_id = ${scopeId} and c.work_order_id = ${orderId}
        order by c.correction_id desc limit 1`,
  );
  return row?.words ?? [];
}

/** The newest corrections of a city that share a word with these (worker role). */
const remembered = 2_000;

export function correctionsSharing(tx: Tx, cityId: string, words: readonly string[]): Promise<Correction[]> {
  return tx.query<Correction>(
    sql`select c.words, c.suggested_code as "suggestedCode", c.chosen_code as "chosenCode", c.final_code as "finalCode"
        from work_orders.correction c where coalesce(c.city_id, c.scope_id) = ${cityId} and c.words && ${words}::text[]
        order by c.correction_id desc limit ${remembered}`,
  );
}

export function keepLearnt(tx: Tx, cityId: string, learnt: readonly LearntWord[], now: Date): void {
  for (const { word, code, weight, evidence } of learnt)
    tx.write(
      sql`insert into work_orders.learnt_word (scope_id, word, category_code, weight, evidence, learnt_at)
          values (${cityId}, ${word}, ${code}, ${weight}, ${evidence}, ${now})
          on conflict (scope_id, word, category_code) do update
          set weight = excluded.weight, evidence = excluded.evidence, learnt_at = excluded.learnt_at`,
    );
}

/** As many as are served with a catalogue: those that say most. */
const served = 500;

export function learntWords(
  q: Executor,
  cityId: string,
): Promise<{ word: string; code: string; weight: number }[]> {
  return q.query(
    sql`select l.word, l.category_code as code, l.weight from work_orders.learnt_word l
        where l.scope_id = ${cityId} and l.weight <> 0 order by abs(l.weight) desc, l.word, l.category_code limit ${served}`,
  );
}

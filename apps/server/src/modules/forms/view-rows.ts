import type { Locale } from '@gongzhi/i18n';
import type { OutValue } from '../../platform/exports/table-writer.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Wall, wallOf } from '../places/index.ts';
import type { Position } from './facts.ts';
import { listTasks } from './queries.ts';
import { filledRows } from './service-rows.ts';
import type { TaskRow } from './tables.ts';
import { fileRow } from './view-file.ts';

/** A form's rows as they leave the house: read page by page, as who takes them would see them. */

const ROWS_AT_ONCE = 200;
const TASKS_AT_ONCE = 100;

export async function* taskRows(
  house: House,
  acting: Acting,
  task: TaskRow,
  wall: Wall,
  locale: Locale,
): AsyncGenerator<OutValue[]> {
  const now = house.clock.now();
  let after: Position | null = null;
  do {
    const begin: Position | null = after;
    const page: Awaited<ReturnType<typeof filledRows>> = await house.db.read(acting.actor, (q) =>
      filledRows(q, { house, acting, task, wall, now }, begin, ROWS_AT_ONCE),
    );
    for (const row of page.rows) yield fileRow(task.scopeName, task.columns, row, locale);
    after = page.next;
  } while (after !== null);
}

/** Of every place the form lies before, place by place. */
export async function* formRows(
  house: House,
  acting: Acting,
  formId: string,
  locale: Locale,
): AsyncGenerator<OutValue[]> {
  let after: { formId: string; scopeId: string } | null = null;
  for (;;) {
    const begin: typeof after = after;
    const tasks: TaskRow[] = await house.db.read(acting.actor, (q) =>
      listTasks(
        q,
        acting,
        { scope: null, state: null, formId, officeId: acting.homeScopeId },
        begin,
        TASKS_AT_ONCE,
      ),
    );
    for (const task of tasks) {
      const wall = await house.db.read(acting.actor, (q) => wallOf(q, task.scopeId));
      if (wall !== null) yield* taskRows(house, acting, task, wall, locale);
    }
    const last = tasks.at(-1);
    if (last === undefined || tasks.length < TASKS_AT_ONCE) return;
    after = { formId: last.formId, scopeId: last.scopeId };
  }
}

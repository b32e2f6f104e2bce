import { uuidv7 } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';
import type { Stage } from './stage.ts';

/** Two forms of the street's before the homes of a compound: one handed over, one half filled with what the first was answered. */

type Json = Record<string, unknown>;
interface Row {
  readonly id: string;
  readonly cells: readonly { readonly state: string }[];
}

const known = (key: string): Json => ({ kind: 'known', key });
const asks = (label: string, type: string, more: Json = {}): Json => ({
  kind: 'question',
  label,
  type,
  options: [],
  isRequired: true,
  validMonths: 12,
  ...more,
});

const bikes = '电动自行车辆数';
const charging = '在哪里充电';
const extinguisher = '家中有无灭火器';
const places = ['小区充电棚', '路边换电柜', '没有电动车'];

export async function playForms(
  { resident, now, day, pass }: Pick<Stage, 'resident' | 'now' | 'day' | 'pass'>,
  { street, committee }: { readonly street: Actor; readonly committee: Actor },
): Promise<void> {
  const { acting } = await resident.get<{ acting: { households: readonly { scopeId: string }[] } }>('/me');
  const scopeId = acting.households[0]!.scopeId;

  const publishes = async (title: string, number: number, columns: readonly Json[]): Promise<string> => {
    pass(5);
    const id = uuidv7(now());
    const { version } = await street.put<{ version: number }>(`/forms/${id}`, {
      expectedVersion: 0,
      revisesId: null,
      title,
      authority: '街道应急管理办公室',
      documentNo: `应急〔${day(0).slice(0, 4)}〕${number}号`,
      subject: 'home',
      periodFrom: day(-30),
      periodTo: day(0),
      dueOn: day(9),
      columns,
    });
    await street.post(`/forms/${id}/commands`, { action: 'publish', expectedVersion: version });
    return id;
  };
  const rowsOf = async (id: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let cursor = ''; ; ) {
      const page = await committee.get<{ items: readonly Row[]; nextCursor: string | null }>(
        `/forms/tasks/${id}/rows?scopeId=${scopeId}&limit=100${cursor}`,
      );
      rows.push(...page.items);
      if (page.nextCursor === null) return rows;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
  };
  const fills = async (id: string, key: string, rows: readonly Row[], value: (at: number) => string) => {
    for (let from = 0; from < rows.length; from += 200) {
      pass(4);
      await committee.put(`/forms/tasks/${id}/answers?scopeId=${scopeId}`, {
        answers: rows
          .slice(from, from + 200)
          .map((row, i) => ({ subjectId: row.id, key, value: value(from + i), replaces: null })),
        isCorrection: false,
      });
      await committee.post(`/forms/tasks/${id}/effort?scopeId=${scopeId}`, { seconds: 240 });
    }
  };

  const first = await publishes('电动自行车登记表', 21, [known('home.label'), asks(bikes, 'number')]);
  await fills(first, bikes, await rowsOf(first), (at) => String(at % 7 === 3 ? 2 : at % 3 === 0 ? 1 : 0));
  await committee.post(`/forms/tasks/${first}/submission?scopeId=${scopeId}`, { expectedVersion: 1 });

  const second = await publishes('充电与消防安全摸底表', 24, [
    known('home.label'),
    known('home.owner'),
    known('home.area'),
    known('home.people'),
    asks(bikes, 'number'),
    asks(charging, 'choice', { options: places }),
    asks(extinguisher, 'yes_no'),
    asks('需要帮助的情况', 'text', { isRequired: false }),
  ]);
  const rows = await rowsOf(second);
  // Half of the homes have been gone to; at some of them nobody opened.
  const visited = rows.slice(0, Math.ceil(rows.length / 2)).filter((_, at) => at % 9 !== 5);
  await fills(second, charging, visited, (at) => places[at % 3] ?? '');
  await fills(
    second,
    extinguisher,
    visited.filter((_, at) => at % 6 !== 4),
    (at) => (at % 4 === 1 ? 'yes' : 'no'),
  );
}

import { addDays, DAY, instantOn, type LocalDate, localDate, weekdayOf } from '@gongzhi/kernel';
import type pg from 'pg';
import { personas } from './data/staff.ts';
import { seededIds } from './ids.ts';
import { Random } from './random.ts';
import type { Street } from './street.ts';

interface SavedReport {
  readonly of: 'manager' | 'street';
  readonly name: string;
  readonly kind: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly period: string;
  readonly schedule: Readonly<Record<string, unknown>> | null;
  readonly format: 'xlsx' | 'pdf';
  readonly next: ((today: LocalDate) => LocalDate) | null;
}

const firstOfNextMonth = (today: LocalDate): LocalDate =>
  `${addDays(`${today.slice(0, 8)}01`, 31).slice(0, 8)}01`;
const nextMonday = (today: LocalDate): LocalDate => addDays(today, 8 - weekdayOf(today));

const saved: readonly SavedReport[] = [
  {
    of: 'manager',
    name: '上周工单',
    kind: 'orders',
    filters: {},
    columns: [
      'exports.column.number',
      'exports.column.status',
      'exports.column.category',
      'exports.column.place',
      'exports.column.assignee',
      'exports.column.createdAt',
    ],
    period: 'last_week',
    schedule: { every: 'week', day: 1, hour: 8, isWorkdaysOnly: false },
    format: 'xlsx',
    next: nextMonday,
  },
  {
    of: 'street',
    name: '上月各小区按时率',
    kind: 'on-time',
    filters: { by: 'place' },
    columns: [],
    period: 'last_month',
    schedule: { every: 'month', day: 1, hour: 9, isWorkdaysOnly: false },
    format: 'pdf',
    next: firstOfNextMonth,
  },
  {
    of: 'street',
    name: '本月工单分类',
    kind: 'comparison',
    filters: { by: 'category' },
    columns: [],
    period: 'this_month',
    schedule: null,
    format: 'xlsx',
    next: null,
  },
];

/** What the manager and the street look at every week and month; what is due, the product makes itself. */
export async function copyReports(
  client: pg.Client,
  { personas: people }: Street,
  now: Date,
): Promise<string[]> {
  const ids = seededIds(new Random('reports'));
  const today = localDate(now.getTime());
  for (const { of, next, ...report } of saved) {
    const { account, membership } = people.find((one) => one.id === of)!;
    const day = next === null ? null : next(today);
    const at = day === null ? null : new Date(instantOn(day, Number(report.schedule?.['hour']) * 60));
    await client.query(
      `insert into reports.report select * from jsonb_populate_record(null::reports.report,
         $1::jsonb || (select jsonb_build_object('city_id', s.city_id, 'street_id', s.street_id, 'company_id', s.company_id)
           from places.scope s where s.scope_id = $2))`,
      [
        JSON.stringify({
          ...report,
          scope_id: membership.scopeId,
          report_id: ids(now.getTime() - 7 * DAY),
          owner_account_id: account.id,
          owner_membership_id: membership.id,
          owner_name: personas.find((one) => one.id === of)!.name,
          is_shared: true,
          locale: 'zh-CN',
          keep_days: 90,
          next_due_at: at,
          next_day: day,
          attempts: 0,
          version: 1,
          updated_at: now,
        }),
        membership.scopeId,
      ],
    );
  }
  return ['reports.report'];
}

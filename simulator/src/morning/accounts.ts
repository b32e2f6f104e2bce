import { addDays, localDate } from '@gongzhi/kernel';
import { paperPicture } from '../photos.ts';
import type { Actor } from './actor.ts';
import type { Stage } from './stage.ts';

type Section = 'common_income' | 'common_expense' | 'fund_in' | 'fund_out';

/** So many months ago, on that day of it. */
const moves: readonly (readonly [
  ago: number,
  day: number,
  section: Section,
  item: string,
  yuan: number,
  note?: string,
])[] = [
  [4, 3, 'fund_in', '上一任移交的维修资金余额', 1_286_400],
  [4, 5, 'common_income', '电梯广告', 18_000, '三季度,合同 2026-07'],
  [4, 12, 'common_income', '快递柜场地费', 6_000],
  [4, 20, 'common_expense', '楼道照明更换', 4_236.5],
  [3, 8, 'common_income', '地面临时停车', 9_415],
  [3, 15, 'common_expense', '中心花园补种', 7_800],
  [3, 18, 'fund_out', '3号楼屋面防水', 88_000, '业主表决通过,审价 88,000 元'],
  [2, 9, 'common_income', '地面临时停车', 10_260],
  [2, 21, 'common_expense', '儿童滑梯维修', 2_150],
  [1, 6, 'common_income', '电梯广告', 18_000, '四季度,合同 2026-10'],
  [1, 9, 'common_income', '地面临时停车', 11_730],
  [1, 17, 'common_expense', '北门道闸大修', 6_480],
  [1, 25, 'fund_out', '1号楼电梯曳引机', 126_500, '业主表决通过,已付首期'],
];

/** What a compound's common parts bring and cost, published to its owners; one entry was made twice and corrected. Which compound. */
export async function playAccounts({
  manager,
  resident,
  now,
  pass,
}: Pick<Stage, 'manager' | 'resident' | 'now' | 'pass'>): Promise<string> {
  const { acting } = await resident.get<{ acting: { households: readonly { scopeId: string }[] } }>('/me');
  const scopeId = acting.households[0]!.scopeId;
  const today = localDate(now());
  const month = (ago: number): string => {
    let first = `${today.slice(0, 7)}-01`;
    for (let i = 0; i < ago; i++) first = `${addDays(first, -1).slice(0, 7)}-01`;
    return first;
  };
  const paper = await paperPicture();
  const enter = async (section: Section, item: string, yuan: number, occurredOn: string, note?: string) => {
    pass(3);
    // One is still asked of the supplier.
    const fileIds = item === '中心花园补种' ? [] : [await manager.uploads(scopeId, paper)];
    const { id } = await manager.post<{ id: string }>('/accounts/entries', {
      scopeId,
      section,
      item,
      amountFen: Math.round(yuan * 100),
      occurredOn,
      fileIds,
      ...(note === undefined ? {} : { note }),
    });
    return id;
  };
  const wrong = await enter('common_income', '地面临时停车', 9_145, addDays(month(2), 4));
  for (const [ago, day, section, item, yuan, note] of moves)
    await enter(section, item, yuan, addDays(month(ago), day - 1), note);
  await publishes(manager, scopeId, month(4), month(2));
  pass(60);
  await manager.post(`/accounts/entries/${wrong}/withdrawal`, { scopeId, reason: '这一笔记了两次' });
  await publishes(manager, scopeId, month(4), month(2), undefined, '9月有一笔停车费记了两次,已撤回');
  await publishes(manager, scopeId, month(1), month(1), '收支凭证原件在服务中心,工作日可以来看。');
  for (const ago of [4, 3]) await manager.post('/ledger/periods', { scopeId, month: month(ago) });
  return scopeId;
}

async function publishes(
  manager: Actor,
  scopeId: string,
  fromMonth: string,
  toMonth: string,
  note?: string,
  reason?: string,
): Promise<void> {
  const { figures } = await manager.get<{
    figures: { lineCount: number; closing: { commonFen: number; fundFen: number } };
  }>(`/accounts/draft?scopeId=${scopeId}&fromMonth=${fromMonth}&toMonth=${toMonth}`);
  await manager.post('/accounts', {
    scopeId,
    fromMonth,
    toMonth,
    expected: { lines: figures.lineCount, ...figures.closing },
    ...(note === undefined ? {} : { note }),
    ...(reason === undefined ? {} : { reason }),
  });
}

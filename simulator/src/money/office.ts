import { addDays } from '@gongzhi/kernel';
import type { ProviderName } from '../providers/book.ts';
import type { Json } from './house.ts';
import { add, count } from './notebook.ts';
import { type Acting, handOut, scopeOf } from './paying.ts';

/** What the office does: a month's bills, the till, the providers' files, the bank, a month that is closed. */

const RATE_E4 = 23_000;
const CLEANING_FEN = 1_337;

export async function setTariffs({ house }: Acting): Promise<void> {
  const tariff = (item: string, name: string, rule: object) =>
    house.does(house.place.manager, 'POST', '/billing/tariffs', {
      scopeId: house.place.compound,
      item,
      name,
      rule,
      terms: { dueDays: 15 },
      validFrom: '2026-01-01',
      source: '物业服务合同第 8 条',
      replaces: null,
    });
  await tariff('property_fee', '物业服务费', { kind: 'area', rateE4: RATE_E4 });
  await tariff('cleaning', '保洁费', { kind: 'fixed', amountFen: CLEANING_FEN });
}

/** Half up, to the fen: what a home will be billed, reckoned here and not asked for. */
const monthlyFen = (areaHundredths: number): number =>
  Math.floor((areaHundredths * RATE_E4 + 5_000) / 10_000) + CLEANING_FEN;

/** Asked for by the desk, approved by the manager. */
export async function billMonth(acting: Acting, month: string): Promise<void> {
  const { house, notebook } = acting;
  const { desk, manager, compound, homes } = house.place;
  const run = await house.does(desk, 'POST', '/billing/runs', { scopeId: compound, period: `${month}-01` });
  await house.worksOff();
  const seen = await house.does(desk, 'GET', `/billing/runs/${run.id}?${scopeOf(acting)}`);
  await house.does(manager, 'POST', `/billing/runs/${run.id}/commands?${scopeOf(acting)}`, {
    action: 'approve',
    expectedVersion: seen.run.version,
  });
  for (let turns = 0; ; turns++) {
    await house.worksOff();
    const now = await house.does(desk, 'GET', `/billing/runs/${run.id}?${scopeOf(acting)}`);
    if (now.run.state === 'posted') break;
    if (turns > 20) throw new Error(`the month ${month} is not posted`);
  }
  for (const home of homes) add(notebook.billedFen, home.id, monthlyFen(home.areaHundredths));
  count(notebook, 'months billed');
}

/** A line was wrong: it is taken back, and a smaller one stands in its place; what was paid on it is a balance. */
export async function correctLine(acting: Acting): Promise<void> {
  const { house, random, notebook } = acting;
  const { desk, manager, homes } = house.place;
  const home = random.pick(homes);
  const page = await house.does(
    manager,
    'GET',
    `/bills/lines?${scopeOf(acting)}&householdId=${home.id}&limit=5`,
  );
  const lines = (page.items as Json[]).filter(({ isVoided }) => !isVoided);
  if (lines.length === 0) return;
  const line = random.pick(lines);
  const amountFen = Math.max(1, Math.floor(line.amountFen / 2));
  const path = `/bills/lines/${line.lineId}/corrections?${scopeOf(acting)}`;
  const expectedSettledFen = line.settledFen;
  const reason = '面积登记错了';
  const asked = await house.ask(desk, 'POST', path, { reason, expectedSettledFen, amountFen });
  if (asked.status !== 201) return count(notebook, `refused: ${asked.body.code}`);
  const decide = `/billing/corrections/${asked.body.id}/commands?${scopeOf(acting)}`;
  const act = { action: 'approve', expectedVersion: 1, expectedSettledFen };
  const done = await house.ask(manager, 'POST', decide, act);
  if (done.status !== 200) return count(notebook, `refused: ${done.body.code}`);
  add(notebook.billedFen, home.id, amountFen - line.amountFen);
  count(notebook, 'lines corrected');
}

export async function openTill(acting: Acting): Promise<string> {
  const { house, notebook } = acting;
  const opened = await house.does(house.place.desk, 'POST', '/payments/tills', {
    scopeId: house.place.compound,
    till: 'a',
    openingFen: notebook.tillFen,
  });
  for (const { refund, homeId } of notebook.toHandOut.splice(0))
    await handOut(acting, refund, opened.id, homeId);
  return opened.id;
}

/** Notes and coins, the largest first; single fen are not in circulation. */
const NOTES = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10];
function piecesOf(amountFen: number): number[] {
  let left = amountFen;
  return NOTES.map((note) => {
    const pieces = Math.floor(left / note);
    left -= pieces * note;
    return pieces;
  });
}

export async function closeTill(acting: Acting, sessionId: string): Promise<void> {
  const { house, random, notebook } = acting;
  const { desk, manager } = house.place;
  const list = await house.does(desk, 'GET', `/payments/tills?${scopeOf(acting)}`);
  const session = (list.items as Json[]).find(({ id }) => id === sessionId);
  // A coin rolled under the counter.
  const lost = notebook.tillFen >= 100 && random.chance(0.1) ? 50 : 0;
  const countedFen = Math.max(0, Math.floor((notebook.tillFen - lost) / 10) * 10);
  await house.does(desk, 'POST', `/payments/tills/${sessionId}/count?${scopeOf(acting)}`, {
    pieces: piecesOf(countedFen),
    note: '找零',
    expectedVersion: session.version,
  });
  await house.does(manager, 'POST', `/payments/tills/${sessionId}/sign?${scopeOf(acting)}`, {
    expectedVersion: session.version + 1,
  });
  if (countedFen !== notebook.tillFen) count(notebook, 'tills with a difference');
  notebook.tillFen = countedFen;
  count(notebook, 'tills signed for');
}

/** What is still said to be another amount after a day is taken as what came. */
export async function acceptDisputed(acting: Acting): Promise<void> {
  const { house, notebook } = acting;
  const { desk, manager } = house.place;
  const { items } = await house.does(desk, 'GET', `/payments?${scopeOf(acting)}&state=disputed&limit=50`);
  for (const payment of items as Json[]) {
    const age = house.clock.now().getTime() - Date.parse(payment.createdAt);
    if (age < 12 * 3_600_000 || payment.toldCurrency !== 'CNY') continue;
    const answer = await house.ask(manager, 'POST', `/payments/${payment.id}/accept?${scopeOf(acting)}`, {
      expectedVersion: payment.version,
    });
    count(notebook, answer.status === 200 ? 'another amount taken' : `refused: ${answer.body.code}`);
  }
}

/** Days that are over, held against the provider's file: asked again where it differs, kept for tomorrow where it still does. */
export async function reconcile(acting: Acting, yesterday: string): Promise<void> {
  const { house, notebook } = acting;
  const { headquarters, company } = house.place;
  const scope = `scopeId=${company}`;
  for (const way of ['wechat', 'alipay'] as const) {
    const days = [...notebook.openDays.get(way)!, yesterday];
    const still: string[] = [];
    for (const day of days) {
      const compare = () =>
        house.ask(headquarters, 'POST', '/payments/reconciliations', { scopeId: company, way, day });
      let run = await compare();
      if (run.body.code === 'payments.no_file') continue;
      if (run.status !== 201) {
        still.push(day);
        continue;
      }
      count(notebook, 'days reconciled');
      if (run.body.differing > 0) {
        count(notebook, 'days that differed at first');
        const detail = await house.does(
          headquarters,
          'GET',
          `/payments/reconciliations/${run.body.id}?${scope}`,
        );
        for (const item of detail.items as Json[])
          await house.ask(
            headquarters,
            'POST',
            `/payments/reconciliation-items/${item.id}/commands?${scope}`,
            {
              action: 'ask_again',
            },
          );
        run = await compare();
      }
      if (run.status !== 201 || run.body.differing > 0) still.push(day);
      else
        notebook.unpaid
          .get(way)!
          .push({ runId: run.body.id, version: run.body.version, netFen: run.body.netFen });
    }
    notebook.openDays.set(way, still);
  }
}

/** The bank pays out what agreed; where more went back than came, with the next day. */
export async function bankPays(acting: Acting, day: string): Promise<void> {
  const { house, random, notebook } = acting;
  const { headquarters, company } = house.place;
  const scope = `scopeId=${company}`;
  const due: { way: ProviderName; netFen: number }[] = [];
  for (const [way, runs] of notebook.unpaid) {
    const netFen = runs.reduce((sum, run) => sum + run.netFen, 0);
    if (netFen > 0) due.push({ way, netFen });
  }
  if (due.length === 0) return;
  const text = (way: ProviderName): string => `${way} ${day}`;
  const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  const file = Buffer.from(
    ['交易日期,摘要,收入金额', ...due.map(({ way, netFen }) => `${day},${text(way)},${yuan(netFen)}`)].join(
      '\n',
    ),
  );
  const bring = () => house.does(headquarters, 'POST', `/payments/bank-lines?${scope}&account=icbc`, file);
  await bring();
  if (random.chance(0.3)) await bring();
  const { items } = await house.does(headquarters, 'GET', `/payments/bank-lines?${scope}`);
  for (const { way } of due) {
    const [first, ...rest] = notebook.unpaid.get(way)!;
    const line = (items as Json[]).find((one) => one.text === text(way));
    await house.does(headquarters, 'POST', `/payments/reconciliations/${first!.runId}/settle?${scope}`, {
      bankLineId: line.id,
      expectedVersion: first!.version,
      with: rest.map(({ runId, version }) => ({ runId, expectedVersion: version })),
    });
    if (rest.length > 0) count(notebook, 'several days paid out at once');
    notebook.unpaid.set(way, []);
    count(notebook, 'days paid out by the bank');
  }
}

export async function closeMonth(acting: Acting, month: string): Promise<void> {
  const { house, notebook } = acting;
  const { compound, manager } = house.place;
  await house.does(manager, 'POST', '/ledger/periods', { scopeId: compound, month: `${month}-01` });
  count(notebook, 'months closed');
}

export const dayBefore = (day: string): string => addDays(day, -1);

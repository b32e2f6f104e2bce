import { addDays, CHINA, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type FileLine, ProviderRefuses, ProviderSilent } from '../../platform/pay/provider.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { TableError } from '../../platform/imports/table.ts';
import { accounts, type NewPosting, post } from '../ledger/index.ts';
import { accessScope, type Wall, wallsOf } from '../places/index.ts';
import columns from './data/bank-columns.json' with { type: 'json' };
import {
  type Finding,
  idOf,
  match,
  netOf,
  type OnlineWay,
  readBankRows,
  type SheetRow,
  type TheirLine,
} from './domain.ts';
import {
  addBankLines,
  type BankLineRow,
  compoundsOf,
  insertRun,
  lockBankLine,
  lockItem,
  lockRun,
  ourLines,
  replaceRun,
  type RunRow,
  setAction,
  setSettledRun,
  sharesOf,
} from './queries-files.ts';
import { askAbout } from './service-asking.ts';
import { pursueRefund } from './service-refund-outcomes.ts';

/**
 * What the providers and the bank say of a day, held against what is here. The provider's day is Beijing's. A merchant
 * serves a company, its money lies in the books of the company's compounds: the clearing account of each comes to nothing
 * when the bank has paid out what agreed.
 */

export async function companyWall(tx: Tx, acting: Acting, companyId: string): Promise<Wall> {
  const wall = await accessScope(tx, acting, companyId);
  if (wall.kind !== 'company') throw new Problem('not_found');
  return wall;
}

export interface Fetched {
  readonly merchantId: string;
  readonly lines: readonly FileLine[];
}

/** Outside of every transaction: it takes its time. */
export async function fetchFile(
  house: House,
  way: OnlineWay,
  companyId: string,
  day: string,
): Promise<Fetched> {
  const provider = house.payments.of(way, companyId);
  if (provider === null) throw new Problem('payments.no_provider', { way });
  try {
    const lines = await provider.fileOf(day);
    if (lines === null) throw new Problem('payments.no_file', { day });
    return { merchantId: provider.merchantId, lines };
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}

export async function reconcile(
  tx: Tx,
  acting: Acting,
  given: {
    readonly companyId: string;
    readonly way: OnlineWay;
    readonly day: string;
    readonly fetched: Fetched;
  },
  now: Date,
): Promise<RunRow> {
  const wall = await companyWall(tx, acting, given.companyId);
  const { merchantId, lines } = given.fetched;
  const from = new Date(startOfDay(given.day, CHINA));
  const to = new Date(startOfDay(addDays(given.day, 1), CHINA));
  const ours = await ourLines(tx, { companyId: given.companyId, merchantId, from, to });
  // A payment is known by the provider's number, for one that was in dispute stands here under another of ours.
  const theirs = lines.map((line): TheirLine => line);
  const { matched, findings, shares } = match(
    ours,
    theirs.map((line) => (line.kind === 'payment' ? { ...line, tradeNo: line.transactionId } : line)),
  );
  const tradeNos = new Map(theirs.map((line) => [line.transactionId, line]));
  const run: RunRow & { madeBy: string } = {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    id: uuidv7(now.getTime()),
    way: given.way,
    merchantId,
    day: given.day,
    state: 'open',
    matched,
    differing: findings.length,
    inFen: shares.reduce((sum, share) => sum + share.inFen, 0),
    outFen: shares.reduce((sum, share) => sum + share.outFen, 0),
    feeFen: shares.reduce((sum, share) => sum + share.feeFen, 0),
    madeBy: acting.accountId,
    madeByName: acting.displayName,
    madeAt: now,
    settledAt: null,
    version: 1,
  };
  const named = findings.map((finding) => {
    const original =
      finding.theirs === null ? null : (tradeNos.get(finding.theirs.transactionId) ?? finding.theirs);
    return {
      ...finding,
      theirs:
        finding.theirs === null
          ? null
          : { ...finding.theirs, tradeNo: original?.tradeNo ?? finding.theirs.tradeNo },
    };
  });
  // Whose it is, is looked up here: not every file says it, and what one says is a hint.
  const compounds = await compoundsOf(tx, given.companyId, named.flatMap(paymentIdOf));
  const items = named.map((finding) => ({
    ...finding,
    id: uuidv7(now.getTime()),
    compoundId: paymentIdOf(finding).map((id) => compounds.get(id) ?? null)[0] ?? null,
    refundId: finding.ours?.refundId ?? idOf(finding.theirs?.refundNo ?? ''),
  }));
  replaceRun(tx, run);
  insertRun(tx, run, items, shares);
  return run;
}

const paymentIdOf = ({ ours, theirs }: Finding): string[] => {
  const id = ours?.paymentId ?? idOf(theirs?.tradeNo ?? '');
  return id === null ? [] : [id];
};

/** Asks the provider about what is missing here: what it knows as paid is counted now. Else somebody says it is seen to. */
export async function actOnItem(
  house: House,
  acting: Acting,
  companyId: string,
  itemId: string,
  action: 'ask_again' | 'note',
): Promise<void> {
  const item = await house.db.act(acting.actor, async (tx) => {
    await companyWall(tx, acting, companyId);
    return lockItem(tx, companyId, itemId);
  });
  if (item === null) throw new Problem('not_found');
  if (action === 'ask_again') {
    const paymentId = item.paymentId ?? idOf(item.tradeNo);
    if (item.compoundId === null || paymentId === null)
      throw new Problem('payments.invalid', { reason: 'unknown_payment' });
    const isOurs = await house.db.act(
      acting.actor,
      async (tx) => (await accessScope(tx, acting, item.compoundId!)).companyId === companyId,
    );
    if (!isOurs) throw new Problem('not_found');
    try {
      if (item.kind === 'payment')
        await askAbout(house, item.compoundId, paymentId, 'file', { byName: acting.displayName });
      else if (item.refundId !== null)
        await pursueRefund(house, item.compoundId, item.refundId, house.config.publicUrl, acting.displayName);
    } catch (error) {
      if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
        throw new Problem('payments.provider_silent');
      throw error;
    }
  }
  await house.db.act(acting.actor, async (tx) => {
    setAction(
      tx,
      companyId,
      itemId,
      action === 'note' ? 'noted' : 'asked_again',
      { id: acting.accountId, name: acting.displayName },
      house.clock.now(),
    );
  });
}

/**
 * The bank has paid out a day, or several at once: what went back on a quiet day is kept from the next. In every compound's
 * book the clearing account is emptied by what came, and by the fee.
 */
export async function settleRun(
  tx: Tx,
  acting: Acting,
  given: {
    readonly companyId: string;
    readonly runId: string;
    readonly bankLineId: string;
    readonly expectedVersion: number;
    readonly with?: readonly { readonly runId: string; readonly expectedVersion: number }[] | undefined;
  },
  now: Date,
): Promise<void> {
  await companyWall(tx, acting, given.companyId);
  const runs: RunRow[] = [];
  const asked = [{ runId: given.runId, expectedVersion: given.expectedVersion }, ...(given.with ?? [])];
  // In one order, whoever settles them: two who settle never wait for each other crosswise.
  for (const one of asked.toSorted((a, b) => (a.runId < b.runId ? -1 : 1))) {
    const run = await lockRun(tx, given.companyId, one.runId);
    if (run === null) throw new Problem('not_found');
    const isStale = run.state !== 'open' || run.version !== one.expectedVersion;
    if (isStale || runs.some(({ id }) => id === run.id)) throw new Problem('payments.stale');
    runs.push(run);
  }
  const line = await lockBankLine(tx, given.companyId, given.bankLineId);
  if (line === null) throw new Problem('not_found');
  holdUnused(line);
  const [first] = runs;
  if (runs.some(({ way, merchantId }) => way !== first!.way || merchantId !== first!.merchantId))
    throw new Problem('payments.invalid', { reason: 'other_merchant' }, [
      { path: '/with', code: 'other_merchant', params: {} },
    ]);
  const netFen = runs.reduce((sum, run) => sum + netOf(run), 0);
  if (netFen !== line.amountFen)
    throw new Problem('payments.bank_differs', { netFen, amountFen: line.amountFen });
  for (const run of runs) await settleOne(tx, acting, run, line, now);
}

async function settleOne(tx: Tx, acting: Acting, run: RunRow, line: BankLineRow, now: Date): Promise<void> {
  const companyId = run.scopeId;
  const shares = await sharesOf(tx, companyId, run.id);
  const walls = new Map(
    (
      await wallsOf(
        tx,
        shares.map(({ compoundId }) => compoundId),
      )
    ).map((wall) => [wall.scopeId, wall]),
  );
  const clearing = accounts.provider(run.way);
  for (const share of shares) {
    const wall = walls.get(share.compoundId);
    if (wall === undefined) throw new Problem('not_found');
    const bank = accounts.bank(line.account);
    const net = netOf(share);
    const source = { kind: 'payments.reconciliation', id: run.id };
    const key = `settled:${run.id}:${share.compoundId}`;
    const bookedOn = localDate(now.getTime(), wall.timeZone);
    const postings: NewPosting[] = [];
    if (net !== 0)
      postings.push({
        key: `${key}:net`,
        debit: net > 0 ? bank : clearing,
        credit: net > 0 ? clearing : bank,
        amountFen: Math.abs(net),
        bookedOn,
        source,
      });
    if (share.feeFen !== 0) {
      const fee = accounts.expense('provider-fee');
      postings.push({
        key: `${key}:fee`,
        debit: share.feeFen > 0 ? fee : clearing,
        credit: share.feeFen > 0 ? clearing : fee,
        amountFen: Math.abs(share.feeFen),
        bookedOn,
        source,
      });
    }
    await post(tx, { wall: { ...wall, companyId }, postings, by: acting.accountId, now });
  }
  setSettledRun(tx, run, line.id, now);
}

/** A line of the bank's list is one thing at most, and what somebody proposed it for until that is answered. */
export function holdUnused(line: BankLineRow, forDeposit: string | null = null): void {
  if (line.runId !== null || line.depositId !== null || line.paymentId !== null)
    throw new Problem('payments.stale');
  if (line.proposedDepositId !== null && line.proposedDepositId !== forDeposit)
    throw new Problem('payments.line_proposed', {}, [
      { path: '/bankLineId', code: 'line_proposed', params: {} },
    ]);
}

/** A bank's list, as workbook or CSV. A line that was brought in before is known by its content and counted once. */
export async function readBankFile(
  bytes: Buffer,
): Promise<{ line: number; day: string; amountFen: number; text: string }[]> {
  try {
    const table = await openTable(bytes);
    const rows: SheetRow[] = [];
    for await (const row of table.sheets[0]?.rows() ?? []) rows.push(row);
    const read = readBankRows(rows, columns);
    if ('fault' in read)
      throw new Problem('payments.bank_file', { line: read.fault.line, reason: read.fault.code });
    return read.rows;
  } catch (error) {
    if (error instanceof TableError) throw new Problem('payments.bank_file', { line: 0, reason: error.code });
    throw error;
  }
}

export async function bringBankFile(
  house: House,
  tx: Tx,
  acting: Acting,
  {
    companyId,
    account,
    rows,
  }: {
    readonly companyId: string;
    readonly account: string;
    readonly rows: Awaited<ReturnType<typeof readBankFile>>;
  },
  now: Date,
): Promise<{ lines: number; added: number }> {
  const wall = await companyWall(tx, acting, companyId);
  // Two equal lines of one file are two payments; the same two in another file are the same.
  const seen = new Map<string, number>();
  const lines = rows.map(({ day, amountFen, text }) => {
    const content = `${account} ${day} ${amountFen} ${text}`;
    const nth = (seen.get(content) ?? 0) + 1;
    seen.set(content, nth);
    const id = uuidv7(now.getTime());
    return {
      id,
      account,
      day,
      amountFen,
      cipher: house.crypto.seal(text, 'payments.bank_line', id),
      key: house.crypto.scopeIndex(companyId, 'payments.bank_line', `${content} ${nth}`),
    };
  });
  return { lines: lines.length, added: await addBankLines(tx, wall, lines, acting.displayName, now) };
}

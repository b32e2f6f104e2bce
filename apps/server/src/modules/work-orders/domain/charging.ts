import { formatYuan, maskName } from '@gongzhi/kernel';
import {
  type AnswerWay,
  type Charge,
  formatQuantity,
  MOST_LINES,
  stateAfterChange,
  subtotalOf,
  totalOf,
} from './charges.ts';
import { type Draft, notify, set, tell } from './draft.ts';
import type { EventKind, Params, ReasonCode } from './types.ts';
import type { ChargeEntry, Made, WorkingCommand, WorkingContext } from './working-words.ts';

/** A charge from its first line to the household's word: what follows from an allowed command. */

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

/** Staff see the lines grow; the household hears of a whole quotation. */
function changed(draft: Draft, ctx: WorkingContext, charge: Charge, what: EventKind, params: Params): Made {
  const was = draft.order.chargeState;
  const entry: ChargeEntry | null =
    was === 'quoted' || was === 'agreed' ? entryOf('withdrawn', charge, null, null, null, ctx.charge) : null;
  set(draft, { chargeState: stateAfterChange(charge), chargeFen: null, chargeNo: null });
  tell(draft, what, params, { isInternal: true });
  // Who has the old figure before their eyes, or agreed to it, is told that it no longer counts.
  if (was === 'quoted' || was === 'agreed') {
    tell(draft, 'work_order.quote_withdrawn', { quoteNo: charge.quoteNo });
    notify(draft, ctx, 'work_order.quote_withdrawn', ['reporter']);
  }
  return { charge, entry };
}

function entryOf(
  kind: ChargeEntry['kind'],
  charge: Charge,
  how: AnswerWay | null,
  words: string | null,
  signerName: string | null,
  shown: Charge | null = charge,
): ChargeEntry {
  return { kind, how, quoteNo: charge.quoteNo, totalFen: totalOf(shown ?? charge), words, signerName };
}

/** At work one only takes down what the household says, also of a matter one has reported oneself. */
function wayOf({ who }: WorkingContext, isSigned = false): AnswerWay {
  if (who.includes('assignee')) return isSigned ? 'signature' : 'spoken';
  return who.includes('reporter') && !who.includes('desk') ? 'app' : 'call';
}

export type ChargeCommand = Extract<
  WorkingCommand,
  {
    action:
      | 'add_line'
      | 'remove_line'
      | 'set_discount'
      | 'set_payer'
      | 'send_quote'
      | 'withdraw_quote'
      | 'agree'
      | 'decline'
      | 'ask';
  }
>;

const EMPTY = { payerReason: null, lines: [], discountFen: 0n, discountReason: null, quoteNo: 0 } as const;

export function applyCharge(draft: Draft, command: ChargeCommand, ctx: WorkingContext): Made | ReasonCode {
  const charge: Charge = ctx.charge ?? { ...EMPTY, ...ctx.proposed };
  switch (command.action) {
    case 'add_line': {
      const { line } = command;
      if (charge.lines.length >= MOST_LINES) return 'too_many_lines';
      if (line.priceId === null && isBlank(line.reason)) return 'reason_required';
      return changed(draft, ctx, { ...charge, lines: [...charge.lines, line] }, 'work_order.charge_changed', {
        result: 'added',
        name: line.name,
        quantity: formatQuantity(line.quantityHundredths),
        unit: line.unit,
      });
    }
    case 'remove_line': {
      const gone = charge.lines.find(({ lineId }) => lineId === command.lineId);
      if (gone === undefined) return 'line_unknown';
      const lines = charge.lines.filter((line) => line !== gone);
      // What is taken off is never more than what is left.
      const isTooMuch = charge.discountFen > subtotalOf(lines);
      const next = { ...charge, lines, ...(isTooMuch ? { discountFen: 0n, discountReason: null } : {}) };
      return changed(draft, ctx, next, 'work_order.charge_changed', { result: 'removed', name: gone.name });
    }
    case 'set_discount': {
      if (command.fen > subtotalOf(charge.lines)) return 'discount_too_large';
      if (command.fen > 0n && isBlank(command.reason)) return 'reason_required';
      const next = {
        ...charge,
        discountFen: command.fen,
        discountReason: command.fen === 0n ? null : command.reason!.trim(),
      };
      return changed(draft, ctx, next, 'work_order.charge_changed', {
        result: 'discount',
        total: formatYuan(totalOf(next)),
      });
    }
    case 'set_payer': {
      if (isBlank(command.reason)) return 'reason_required';
      if (command.payer === charge.payer) return 'same_payer';
      const next = { ...charge, payer: command.payer, payerReason: command.reason.trim() };
      return changed(draft, ctx, next, 'work_order.payer_set', {
        payer: command.payer,
        reason: next.payerReason,
      });
    }
    case 'send_quote': {
      const next = { ...charge, quoteNo: charge.quoteNo + 1 };
      const total = formatYuan(totalOf(next));
      set(draft, { chargeState: 'quoted' });
      tell(draft, 'work_order.quote_sent', { quoteNo: next.quoteNo, total });
      notify(draft, ctx, 'work_order.quote_sent', ['reporter'], { total });
      return { charge: next, entry: entryOf('sent', next, null, null, null) };
    }
    case 'withdraw_quote':
      set(draft, { chargeState: 'draft' });
      tell(draft, 'work_order.quote_withdrawn', { quoteNo: charge.quoteNo });
      notify(draft, ctx, 'work_order.quote_withdrawn', ['reporter']);
      return { entry: entryOf('withdrawn', charge, null, null, null) };
    case 'agree': {
      if (isOther(charge, command.quoteNo) || command.totalFen !== totalOf(charge)) return 'quote_changed';
      const how = wayOf(ctx, command.isSigned);
      if (how !== 'app' && isBlank(command.signerName)) return 'signer_required';
      const total = formatYuan(totalOf(charge));
      set(draft, {
        chargeState: 'agreed',
        chargeFen: totalOf(charge).toString(),
        chargeNo: charge.quoteNo,
      });
      const facts = { total, quoteNo: charge.quoteNo, payer: charge.payer };
      tell(draft, 'work_order.charge_agreed', { ...facts, how }, { facts });
      notify(draft, ctx, 'work_order.charge_agreed', ['assignee', 'desk'], { total });
      // Who it was is known to who was there; the record names them as every other page does.
      const signerName = how === 'app' ? null : maskName(command.signerName!);
      return { entry: entryOf('agreed', charge, how, command.words, signerName) };
    }
    case 'decline':
      if (isOther(charge, command.quoteNo)) return 'quote_changed';
      set(draft, { chargeState: 'declined' });
      tell(draft, 'work_order.charge_declined', { quoteNo: charge.quoteNo, words: command.words });
      notify(draft, ctx, 'work_order.charge_declined', ['assignee', 'desk']);
      return { entry: entryOf('declined', charge, wayOf(ctx), command.words, null) };
    case 'ask':
      if (isBlank(command.words)) return 'text_required';
      if (isOther(charge, command.quoteNo)) return 'quote_changed';
      tell(draft, 'work_order.charge_asked', { text: command.words.trim() });
      notify(draft, ctx, 'work_order.charge_asked', ['assignee', 'desk']);
      return { entry: entryOf('asked', charge, 'app', command.words.trim(), null) };
  }
}

/** What was shown is no longer what is asked. */
function isOther(charge: Charge, quoteNo: number): boolean {
  return charge.quoteNo !== quoteNo;
}

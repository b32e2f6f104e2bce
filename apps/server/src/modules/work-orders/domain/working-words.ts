import type { Fen, Instant, LocalDate } from '@gongzhi/kernel';
import type { AnswerWay, Charge, ChargeLine, ChargePayer } from './charges.ts';
import type { SafetyAnswer, SafetyList } from './safety.ts';
import type { AssigneeFacts, Context } from './types.ts';

/** What can be done about the work itself, beside the order's own life: what it costs, who helps, what it waits for. */
export const WORKING_ACTIONS = [
  'add_line',
  'remove_line',
  'set_discount',
  'set_payer',
  'send_quote',
  'withdraw_quote',
  'agree',
  'decline',
  'ask',
  'add_helper',
  'remove_helper',
  'helper_arrive',
  'helper_leave',
  'order_part',
  'part_arrived',
  'plan_visit',
  'complete_visit',
  'cancel_visit',
  'answer_safety',
  'reset_safety',
  'hand_back',
  'invite_contractor',
  'revoke_contractor',
] as const;
export type WorkingAction = (typeof WORKING_ACTIONS)[number];

export type WorkingCommand =
  | { readonly action: 'add_line'; readonly line: ChargeLine }
  | { readonly action: 'remove_line'; readonly lineId: string }
  | { readonly action: 'set_discount'; readonly fen: Fen; readonly reason: string | null }
  | { readonly action: 'set_payer'; readonly payer: ChargePayer; readonly reason: string }
  | { readonly action: 'send_quote' }
  | { readonly action: 'withdraw_quote' }
  | {
      readonly action: 'agree';
      readonly quoteNo: number;
      readonly totalFen: Fen;
      /** Who signed on the worker's phone, said it at the door, or told the desk. */
      readonly signerName: string | null;
      /** The picture of a signature comes with it. */
      readonly isSigned: boolean;
      readonly words: string | null;
    }
  | { readonly action: 'decline'; readonly quoteNo: number; readonly words: string | null }
  | { readonly action: 'ask'; readonly quoteNo: number; readonly words: string }
  | { readonly action: 'add_helper'; readonly helper: AssigneeFacts }
  | { readonly action: 'remove_helper'; readonly accountId: string }
  | { readonly action: 'helper_arrive' | 'helper_leave' }
  | {
      readonly action: 'order_part';
      readonly what: string;
      readonly supplier: string | null;
      readonly expectedOn: LocalDate;
      /** When the reminder is due: that morning, at the place. */
      readonly until: Instant;
    }
  | { readonly action: 'part_arrived'; readonly what: string; readonly isLast: boolean }
  | { readonly action: 'plan_visit'; readonly from: Instant; readonly to: Instant; readonly purpose: string }
  | { readonly action: 'complete_visit'; readonly done: string; readonly left: string | null }
  | { readonly action: 'cancel_visit'; readonly reason: string }
  | {
      readonly action: 'answer_safety';
      readonly lists: readonly SafetyList[];
      readonly answers: readonly SafetyAnswer[];
    }
  | { readonly action: 'reset_safety'; readonly reason: string }
  | { readonly action: 'hand_back'; readonly reason: string }
  | {
      readonly action: 'invite_contractor';
      readonly contractor: string;
      readonly task: string;
      readonly expiresAt: Instant;
    }
  | { readonly action: 'revoke_contractor'; readonly contractor: string };

export interface WorkingContext extends Context {
  /** Null until something was added. */
  readonly charge: Charge | null;
  /** What a first line proposes. */
  readonly proposed: Pick<Charge, 'payer' | 'warrantyOrderId' | 'warrantyUntil'>;
  /** Of who acts, as a helper: when they came and went. */
  readonly helper: { readonly arrivedAt: Instant | null; readonly leftAt: Instant | null } | null;
}

/** What was answered to a quotation, for the record of it. */
export interface ChargeEntry {
  readonly kind: 'sent' | 'withdrawn' | 'asked' | 'agreed' | 'declined';
  readonly how: AnswerWay | null;
  readonly quoteNo: number;
  readonly totalFen: Fen;
  readonly words: string | null;
  readonly signerName: string | null;
}

/** What a command changes beside the order: the charge, and the record of it. */
export interface Made {
  readonly charge?: Charge | null;
  readonly entry?: ChargeEntry | null;
}

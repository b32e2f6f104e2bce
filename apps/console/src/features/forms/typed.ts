/** What stands in a cell's field: typed over something, and refused perhaps. */
export interface Typed {
  /** What stood there when somebody began to type over it. */
  readonly over: string;
  readonly text: string;
  /** Sent so, and somebody else had put in another meanwhile: leaving the field does not send it again. */
  readonly refused: string | null;
}

export const clean = (kept: string): Typed => ({ over: kept, text: kept, refused: null });

const isDirty = ({ over, text }: Typed): boolean => text !== over;

/** Answered elsewhere meanwhile, or taken as the server writes it: that is shown, unless something else is being typed. */
export const typing = (typed: Typed, kept: string): string => (isDirty(typed) ? typed.text : kept);

/** What was seen when it was typed, whatever has come since. */
export const typedOver = (typed: Typed, kept: string): string => (isDirty(typed) ? typed.over : kept);

export const begun = (typed: Typed, kept: string, text: string): Typed => ({
  ...typed,
  over: typedOver(typed, kept),
  text,
});

/** It stands there now; what was typed on since is typed over it. */
export const taken = (typed: Typed, sent: string): Typed => ({
  over: sent,
  text: typed.text,
  refused: null,
});

/** Refused, for somebody else's stands there: that is shown beside it, and what is sent next is sent over that. */
export const stood = (typed: Typed, sent: string, theirs: string): Typed => ({
  over: theirs,
  text: typed.text,
  refused: sent,
});

import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Changed since the page was loaded; params: version. */
  'forms.stale': 409,
  /** Its state does not allow that; params: state. */
  'forms.wrong_state': 409,
  /** A question asks for what the house knows; params: field, the known field's key. */
  'forms.asks_known': 422,
  /** Answered before, and it still holds; params: until. Whoever knows better corrects it. */
  'forms.answered': 409,
  /** Somebody else has answered it since it was looked at; each field's params: value (null: taken away), since, by. */
  'forms.answer_changed': 409,
  /** Handed over with required questions open; params: count. */
  'forms.missing': 409,
  /** Taken or sent back by who handed it over. */
  'forms.own_hand': 403,
  /** Another office has published a form of that id; draft it anew under another one. */
  'forms.id_taken': 409,
  /** Another office asked for it. */
  'forms.not_yours': 403,
} as const satisfies ErrorTable;

import type { ErrorTable } from '../../platform/http/problem.ts';

/** Of the staff's own pages; what strangers are answered is in domain/fault.ts. */
export const errors = {
  /** From homes, confidential, or the staff's own. */
  'open311.category_not_publishable': 422,
  /** Somebody else changed it meanwhile; params: version. */
  'open311.stale': 409,
  /** The order is not among what is published; nothing can be said about it. */
  'open311.not_published': 409,
  /** A question of a service does not hold together; params: fault. */
  'open311.attribute_invalid': 422,
  /** No record of who sent it: nobody did, or it was forgotten when its time was over. */
  'open311.sender_unknown': 404,
} as const satisfies ErrorTable;

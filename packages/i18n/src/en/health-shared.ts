import type { Labels } from '../message.ts';
import type { healthSharedLabels as chinese } from '../zh-CN/health-shared.ts';

/** The health code: refusals. */
export const healthSharedLabels: Labels<typeof chinese> = {
  'errors.access.health_not_asked': 'No measure asks for a health code now: there is nothing to say',
  'errors.access.health_unknown': 'The health code service knows nothing of you yet: say how you are first',
  'errors.access.health_unavailable':
    'The health code service does not answer. Try again in a moment, or go to the guard',
  'errors.access.too_many_health_codes': 'Too many codes at once: try again in {retryAfterSeconds} s',
};

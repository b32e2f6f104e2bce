import { settingDefinitions } from '../../../apps/server/src/platform/settings/keys.ts';
import type { HotlineSettings, Urgency } from '../../../apps/server/src/modules/hotline/domain.ts';

/** The door to the hotline's rules, beside that to the orders' (../rules.ts). */
export {
  type CallbackAnswer,
  type Command,
  type Context,
  decide,
  type Decision,
  holderOf,
  markDue,
  nextDueOf,
  startCase,
  type Unit,
  type Urgency,
} from '../../../apps/server/src/modules/hotline/domain.ts';
export {
  type Case,
  caseBatches,
  type LoadedCase,
  type LoadedEvent,
} from '../../../apps/server/src/modules/hotline/index.ts';

/** What holds where nobody has set anything else. */
export const hotlineDefaults: HotlineSettings = {
  shares: settingDefinitions['hotline.hand_shares'].default,
  objectionHours: settingDefinitions['hotline.objection_hours'].default,
  mostExtensions: settingDefinitions['hotline.most_extensions'].default,
  mostReviewDays: settingDefinitions['hotline.hanging_review_days'].default,
  exclusionGrounds: settingDefinitions['hotline.exclusion_grounds'].default,
};
export const deadlineHours: Readonly<Record<Urgency, number>> =
  settingDefinitions['hotline.deadline_hours'].default;

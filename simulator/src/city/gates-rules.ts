import { settingDefinitions } from '../../../apps/server/src/platform/settings/keys.ts';

/** The door to the gates, beside those to the orders (../rules.ts), the hotline and the money. */
export {
  gateBatches,
  type LoadedArrival,
  type LoadedGate,
  type LoadedGates,
  type LoadedPass,
} from '../../../apps/server/src/modules/access/index.ts';
export { stepOf } from '@gongzhi/gate';

/** What may be issued where nobody has set anything else. */
export const issuing = settingDefinitions['access.issuing'].default;

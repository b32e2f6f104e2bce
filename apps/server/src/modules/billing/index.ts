import type { Module } from '../../platform/house.ts';
import { billCars, billMessages, billMeters, billRepairs, countMonths, tellHomes } from './consumers.ts';
import { calculating, counting, posting, reminding } from './due.ts';
import { constraints, errors } from './errors.ts';
import { billingExports } from './view-exports.ts';
import { visibleLines, visibleRuns } from './queries-visible.ts';
import { agreementRoutes } from './routes-agreements.ts';
import { arrearsRoutes } from './routes-arrears.ts';
import { billRoutes } from './routes-bills.ts';
import { correctionRoutes } from './routes-corrections.ts';
import { partyRoutes } from './routes-parties.ts';
import { paperRoutes } from './routes-papers.ts';
import { runRoutes } from './routes-runs.ts';
import { tariffRoutes } from './routes-tariffs.ts';
import { billSearcher } from './view-search.ts';

/** For whoever takes money: what is open, and what goes on it. */
export {
  lockOpenLines,
  openLine,
  type OpenLine,
  openLines,
  settle,
  type SettledLine,
  type Settling,
  unsettle,
  type Unsettling,
} from './service-settling.ts';
export { holdLines } from './queries-lines.ts';

/** Organisations that pay a share of bills. */
export { referenceOf } from './domain.ts';
export { findParty, partiesOfCompany, type PartyRow } from './queries-parties.ts';
export { holdPartyLines, type PartyLine } from './service-parties.ts';

export const billing: Module = {
  name: 'billing',
  errors,
  constraints,
  routes(app, house) {
    tariffRoutes(app, house);
    agreementRoutes(app, house);
    runRoutes(app, house);
    billRoutes(app, house);
    correctionRoutes(app, house);
    arrearsRoutes(app, house);
    paperRoutes(app, house);
    partyRoutes(app, house);
  },
  messages: billMessages,
  consumers: [billRepairs, billCars, billMeters, tellHomes, countMonths],
  due: [calculating, posting, reminding, counting],
  searchers: [billSearcher],
  exports: billingExports,
  visibility: { bill_run: visibleRuns, bill_line: visibleLines },
};

// For the simulator: months of bills in bulk.
export {
  billingBatches,
  type LoadedArrears,
  type LoadedBilling,
  type LoadedLine,
  type LoadedReminder,
  type LoadedRun,
  type LoadedSettlement,
  type LoadedTariff,
} from './import-rows.ts';
export type { LineWall } from './tables.ts';

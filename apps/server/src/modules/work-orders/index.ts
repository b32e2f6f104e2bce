import type { Module } from '../../platform/house.ts';
import { tellPeople } from './consumers.ts';
import { learnFromCorrections } from './consumers-learning.ts';
import { erasePeople } from './consumers-personal.ts';
import { foldFigures } from './due-figures.ts';
import { calendarRecount } from './desk/due-recount.ts';
import { searchIndex } from './desk/due-search.ts';
import { deskRoutes } from './desk/routes.ts';
import { followParts, tellDuplicates } from './consumers-family.ts';
import { workOrderDue } from './due.ts';
import { orderExports } from './view-exports.ts';
import { constraints, errors } from './errors.ts';
import { forgetCatalogue } from './facts.ts';
import { messages } from './messages.ts';
import { ordersWithReporter, visibleOrders } from './queries.ts';
import { visibleHandovers } from './working/queries-handover.ts';
import { workingRoutes } from './working/routes.ts';
import { routes } from './routes.ts';
import { slipRoutes } from './routes-slips.ts';
import { neighbourRoutes } from './routes-neighbours.ts';
import { callbackRuleRoutes } from './routes-callback-rules.ts';
import { callbackRoutes } from './routes-callbacks.ts';
import { moves } from './service-moves.ts';
import { passOverSweep, passReopened } from './service-passing.ts';
import { gridRoutes } from './routes-grid.ts';
import { passedRoutes } from './routes-passed.ts';
import { callerRoutes } from './routes-callers.ts';
import { triageRoutes } from './routes-triage.ts';
import { startTeaching } from './service-teaching.ts';
import { orderSearchers } from './view-search.ts';
import { contactRoutes } from './routes-contact.ts';
import { personalRoutes } from './routes-personal.ts';

export const workOrders: Module = {
  name: 'work-orders',
  forget: forgetCatalogue,
  errors,
  constraints,
  routes(app, house) {
    routes(app, house);
    contactRoutes(app, house);
    passedRoutes(app, house);
    callerRoutes(app, house);
    triageRoutes(app, house);
    slipRoutes(app, house);
    gridRoutes(app, house);
    deskRoutes(app, house);
    neighbourRoutes(app, house);
    callbackRoutes(app, house);
    callbackRuleRoutes(app, house);
    personalRoutes(app, house);
    return workingRoutes(app, house);
  },
  messages,
  consumers: [
    learnFromCorrections,
    tellPeople,
    erasePeople,
    followParts,
    tellDuplicates,
    passReopened,
    moves,
  ],
  due: [workOrderDue, passOverSweep, searchIndex, calendarRecount, foldFigures],
  exports: orderExports,
  searchers: orderSearchers,
  start: startTeaching,
  // Live events name the order; files name what part of it they belong to.
  visibility: {
    work_order: visibleOrders,
    handover: visibleHandovers,
    'work_order.report': visibleOrders,
    'work_order.before': visibleOrders,
    'work_order.work': visibleOrders,
    'work_order.signature': ordersWithReporter,
    'work_order.safety': visibleOrders,
    'work_order.dispute': visibleOrders,
    'work_order.rating': visibleOrders,
    'work_order.comment': visibleOrders,
    'work_order.report_voice': ordersWithReporter,
    'work_order.comment_voice': ordersWithReporter,
  },
};

export { type Category, forgetCatalogue, catalogueOf, workingOf } from './facts.ts';
export { createOrder } from './service-create.ts';
export { commentFromOutside } from './service-outside.ts';
export { findOrder } from './queries.ts';
export {
  type PublicFacts,
  publicFactsOf,
  type PublicMoment,
  publicStoriesOf,
  sharedOrders,
} from './queries-published.ts';
export {
  eventColumns,
  type EventRow,
  eventTuple,
  type Order,
  orderColumns,
  orderTuple,
  stepColumns,
  type StepRow,
  stepTuple,
  unindexedColumns,
  unindexedTuple,
  type Wall,
} from './tables.ts';
export { type ActorOfChange, applySteps, type HandlerName } from './changes.ts';
export { nextOrder } from './service.ts';
export { addSeen, openSensed, withdrawSensed } from './service-sensed.ts';
export { standingsOf } from './queries-any.ts';
// What suggestions are measured with.
export { catalogue } from './catalogue/index.ts';
export { tradeWordsIn } from './catalogue/lexicon.ts';
export {
  ask,
  type Correction,
  type Example,
  learn,
  type LearntWord,
  type Model,
  overlap,
  teach,
} from './domain.ts';
// For dispatch: what waits, and how much each worker has in hand.
export {
  type DispatchOrder,
  doneBy,
  lastTakenAt,
  orderForDispatch,
  orderOfHouse,
  pastOrders,
  refusedBy,
  seesWhoComes,
  type Workload,
  workloadsOf,
} from './queries-dispatch.ts';
export { type BoardOrder, openOrdersAt, ordersInHand, waitingOrders } from './queries-board.ts';
// For prevention: what was reported where, without who.
export {
  countMatters,
  type MatterCount,
  type AttachedOrder,
  attachedOrders,
  keptSince,
  type ReportedMatter,
  reportedMatters,
} from './queries-prevention.ts';
// Figures that are kept summed up: for overviews, loaders and operators.
export { type Part, type Measure, MEASURES, STANDING, type StandingMeasure } from './domain.ts';
export {
  type CellRow,
  type PartSums,
  type PeriodMeasure,
  periodMeasures,
  type PeriodSums,
  type PlaceRow,
  placeRows,
  RANKING,
  standingByPlace,
  standingRows,
  sumsByDayAndCategory,
  sumsByPlace,
  type SumsInput,
} from './queries-sums.ts';
export { placesReported, type RegionKind, regionsReported, sumsByRegion } from './queries-sums-regions.ts';
export { type GridRow, standingByGrid, sumsByGrid } from './queries-sums-grid.ts';
export {
  countCopied,
  type Difference,
  differences,
  foldAll,
  type InTransaction,
  recountFigures,
  sumTables,
} from './queries-recount.ts';
export { countListed } from './queries-list.ts';
export { ordersForWall, type WallOrder } from './view-wall.ts';
export { giveOrder } from './service-dispatch.ts';
export { EVENT_KINDS as EVENT_KINDS_OF_ORDERS } from './domain.ts';
export {
  type HeldOrder,
  holdOrder,
  openHeldOrder,
  orderFacts,
  type OrderFacts,
  releaseOrder,
  tellOrder,
} from './service-held.ts';
export { NewWorkOrder, type NewWorkOrderBody } from './schemas.ts';

/**
 * The only door to the house: the rules by which real orders live, and the rows in which they are kept. What is
 * simulated here goes through these and nothing else, so that it cannot become what the product would refuse.
 */
export { catalogue, type Category } from '../../apps/server/src/modules/work-orders/catalogue/index.ts';
export {
  type AspectScores,
  type Command,
  type Context,
  decide,
  decideWorking,
  type Decision,
  defaultSettings,
  markDue,
  numberOf,
  type OrderEvent,
  type OrderState,
  type PauseReason,
  queuesOf,
  type Rating,
  type Relation,
  safetyListsFor,
  submitOrder,
  TRANSITIONS,
  type WorkOrderSettings,
} from '../../apps/server/src/modules/work-orders/domain.ts';
export {
  type ActorOfChange,
  applySteps,
  countCopied,
  eventColumns,
  type EventRow,
  eventTuple,
  foldAll,
  type InTransaction,
  nextOrder,
  type Order,
  orderColumns,
  orderTuple,
  recountFigures,
  sumTables,
  stepColumns,
  type StepRow,
  stepTuple,
  unindexedColumns,
  unindexedTuple,
  type Wall,
} from '../../apps/server/src/modules/work-orders/index.ts';

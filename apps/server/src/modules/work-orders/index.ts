import type { Module } from '../../platform/house.ts';
import { tellPeople } from './consumers.ts';
import { workOrderDue } from './due.ts';
import { constraints, errors } from './errors.ts';
import { visibleOrders } from './queries.ts';
import { routes } from './routes.ts';

export const workOrders: Module = {
  name: 'work-orders',
  errors,
  constraints,
  routes,
  consumers: [tellPeople],
  due: [workOrderDue],
  visibility: { work_order: visibleOrders },
};

export { forgetCatalogue, readCatalogue } from './facts.ts';
export {
  eventColumns, type EventRow, eventTuple, type Order, orderColumns, orderTuple, stepColumns, type StepRow, stepTuple, type Wall,
} from './tables.ts';
export { type ActorOfChange, applySteps, type HandlerName } from './changes.ts';
export { nextOrder } from './service.ts';

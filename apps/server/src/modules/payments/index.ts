import type { App } from '../../platform/http/app.ts';
import type { House, Module } from '../../platform/house.ts';
import { tellPayers } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleDeposits, visibleInvoices, visiblePayments, visibleTills } from './queries-visible.ts';
import { depositRoutes } from './routes-deposits.ts';
import { deskRoutes } from './routes-desk.ts';
import { fileRoutes } from './routes-files.ts';
import { noticeRoutes } from './routes-notices.ts';
import { ownRoutes } from './routes-own.ts';
import { partyRoutes } from './routes-parties.ts';
import { refundRoutes } from './routes-refund.ts';
import { tillRoutes } from './routes-till.ts';
import { depositType } from './service-deposits.ts';
import { paymentSearcher } from './view-search.ts';

async function routes(app: App, house: House): Promise<void> {
  deskRoutes(app, house);
  tillRoutes(app, house);
  depositRoutes(app, house);
  partyRoutes(app, house);
  ownRoutes(app, house);
  refundRoutes(app, house);
  await fileRoutes(app, house);
  await noticeRoutes(app, house);
}

export const payments: Module = {
  name: 'payments',
  errors,
  constraints,
  routes,
  due,
  messages,
  consumers: [tellPayers],
  searchers: [paymentSearcher],
  visibility: {
    payment: visiblePayments,
    till: visibleTills,
    invoice_request: visibleInvoices,
    [depositType]: visibleDeposits,
  },
};

// For the simulator: what was paid in months, in bulk.
export { type LoadedPayment, type LoadedTill, paymentBatches } from './import-rows.ts';
export { moneyAccount, settledAs } from './service-booking.ts';
export type { PaymentRow } from './tables.ts';

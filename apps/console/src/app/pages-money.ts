import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths, readSearch } from './routes.ts';
import { shell } from './router-shell.tsx';

const billing = createRoute({
  getParentRoute: () => shell,
  path: paths.billing,
  validateSearch: readSearch.billing,
  component: lazyRouteComponent(() => import('../pages/billing.tsx')),
});

const billLine = createRoute({
  getParentRoute: () => shell,
  path: paths.billLine,
  component: lazyRouteComponent(() => import('../pages/bill-line.tsx')),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: paths.account,
  component: lazyRouteComponent(() => import('../pages/account.tsx')),
});

const payments = createRoute({
  getParentRoute: () => shell,
  path: paths.payments,
  validateSearch: readSearch.payments,
  component: lazyRouteComponent(() => import('../pages/payments.tsx')),
});

const ledger = createRoute({
  getParentRoute: () => shell,
  path: paths.ledger,
  validateSearch: readSearch.ledger,
  component: lazyRouteComponent(() => import('../pages/ledger.tsx')),
});

const accounts = createRoute({
  getParentRoute: () => shell,
  path: paths.accounts,
  validateSearch: readSearch.accounts,
  component: lazyRouteComponent(() => import('../pages/accounts.tsx')),
});

const meters = createRoute({
  getParentRoute: () => shell,
  path: paths.meters,
  validateSearch: readSearch.meters,
  component: lazyRouteComponent(() => import('../pages/meters.tsx')),
});

const heating = createRoute({
  getParentRoute: () => shell,
  path: paths.heating,
  validateSearch: readSearch.heating,
  component: lazyRouteComponent(() => import('../pages/heating.tsx')),
});

/** Bills, payments, meters and the books behind them. */
export const moneyPages = [billing, billLine, account, payments, ledger, accounts, meters, heating] as const;

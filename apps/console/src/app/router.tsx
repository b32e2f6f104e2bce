import { Notices, WordsProvider } from '@gongzhi/ui';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { overlayRootId } from '../components/overlay-root.ts';
import { useChosenLocale } from './locale.ts';
import { NotFound } from './not-found.tsx';
import { BASE, parseSearch, paths, readSearch, stringifySearch } from './routes.ts';
import { PageFailed } from './page-failed.tsx';
import { Shell } from './shell.tsx';
import { WallFailed } from '../features/wall/wall-failed.tsx';
import { useText } from './text.ts';

/** Hangs the pages on the table in routes.ts; each page is a chunk of its own. */
function Root() {
  return (
    <WordsProvider locale={useChosenLocale()}>
      <Outlet />
      <Overlays />
    </WordsProvider>
  );
}

/** What floats: menus, choices, and what is said in passing. */
function Overlays() {
  const { t } = useText();
  return (
    <section id={overlayRootId} aria-label={t('console.overlays')}>
      <Notices />
    </section>
  );
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: PageFailed });

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: readSearch.signIn,
  component: lazyRouteComponent(() => import('../pages/sign-in.tsx')),
});

/** Hangs by itself: nothing of the desk around it, and nobody who presses a button when it fails. */
const wall = createRoute({
  getParentRoute: () => root,
  path: paths.wall,
  validateSearch: readSearch.wall,
  component: lazyRouteComponent(() => import('../pages/wall.tsx')),
  errorComponent: WallFailed,
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const desk = createRoute({
  getParentRoute: () => shell,
  path: paths.desk,
  validateSearch: readSearch.desk,
  component: lazyRouteComponent(() => import('../pages/desk.tsx')),
});
const order = createRoute({
  getParentRoute: () => shell,
  path: paths.order,
  component: lazyRouteComponent(() => import('../pages/order.tsx')),
});
const newOrder = createRoute({
  getParentRoute: () => shell,
  path: paths.newOrder,
  component: lazyRouteComponent(() => import('../pages/new-order.tsx')),
});
const report = createRoute({
  getParentRoute: () => shell,
  path: paths.report,
  validateSearch: readSearch.report,
  component: lazyRouteComponent(() => import('../pages/report.tsx')),
});
const compare = createRoute({
  getParentRoute: () => shell,
  path: paths.compare,
  validateSearch: readSearch.compare,
  component: lazyRouteComponent(() => import('../pages/compare.tsx')),
});
const callbacks = createRoute({
  getParentRoute: () => shell,
  path: paths.callbacks,
  validateSearch: readSearch.callbacks,
  component: lazyRouteComponent(() => import('../pages/callbacks.tsx')),
});
const places = createRoute({
  getParentRoute: () => shell,
  path: paths.places,
  validateSearch: readSearch.places,
  component: lazyRouteComponent(() => import('../pages/places.tsx')),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: paths.people,
  validateSearch: readSearch.people,
  component: lazyRouteComponent(() => import('../pages/people.tsx')),
});
const household = createRoute({
  getParentRoute: () => shell,
  path: paths.household,
  component: lazyRouteComponent(() => import('../pages/household.tsx')),
});
const myGrid = createRoute({
  getParentRoute: () => shell,
  path: paths.myGrid,
  component: lazyRouteComponent(() => import('../pages/my-grid.tsx')),
});
const takeovers = createRoute({
  getParentRoute: () => shell,
  path: paths.takeovers,
  component: lazyRouteComponent(() => import('../pages/takeovers.tsx')),
});
const board = createRoute({
  getParentRoute: () => shell,
  path: paths.board,
  validateSearch: readSearch.board,
  component: lazyRouteComponent(() => import('../pages/board.tsx')),
});
const overview = createRoute({
  getParentRoute: () => shell,
  path: paths.overview,
  validateSearch: readSearch.overview,
  component: lazyRouteComponent(() => import('../pages/overview.tsx')),
});
const reports = createRoute({
  getParentRoute: () => shell,
  path: paths.reports,
  component: lazyRouteComponent(() => import('../pages/reports.tsx')),
});
const savedReport = createRoute({
  getParentRoute: () => shell,
  path: paths.savedReport,
  component: lazyRouteComponent(() => import('../pages/saved-report.tsx')),
});
const forms = createRoute({
  getParentRoute: () => shell,
  path: paths.forms,
  validateSearch: readSearch.forms,
  component: lazyRouteComponent(() => import('../pages/forms.tsx')),
});
const form = createRoute({
  getParentRoute: () => shell,
  path: paths.form,
  validateSearch: readSearch.form,
  component: lazyRouteComponent(() => import('../pages/form.tsx')),
});
const formTask = createRoute({
  getParentRoute: () => shell,
  path: paths.formTask,
  component: lazyRouteComponent(() => import('../pages/form-task.tsx')),
});
const prevention = createRoute({
  getParentRoute: () => shell,
  path: paths.prevention,
  validateSearch: readSearch.prevention,
  component: lazyRouteComponent(() => import('../pages/prevention.tsx')),
});
const preventionProject = createRoute({
  getParentRoute: () => shell,
  path: paths.preventionProject,
  component: lazyRouteComponent(() => import('../pages/prevention-project.tsx')),
});
const roster = createRoute({
  getParentRoute: () => shell,
  path: paths.roster,
  validateSearch: readSearch.roster,
  component: lazyRouteComponent(() => import('../pages/roster.tsx')),
});
const devices = createRoute({
  getParentRoute: () => shell,
  path: paths.devices,
  validateSearch: readSearch.devices,
  component: lazyRouteComponent(() => import('../pages/devices.tsx')),
});

const patrols = createRoute({
  getParentRoute: () => shell,
  path: paths.patrols,
  validateSearch: readSearch.patrols,
  component: lazyRouteComponent(() => import('../pages/patrols.tsx')),
});
const passes = createRoute({
  getParentRoute: () => shell,
  path: paths.passes,
  validateSearch: readSearch.passes,
  component: lazyRouteComponent(() => import('../pages/passes.tsx')),
});
const payments = createRoute({
  getParentRoute: () => shell,
  path: paths.payments,
  validateSearch: readSearch.payments,
  component: lazyRouteComponent(() => import('../pages/payments.tsx')),
});
const gatePhones = createRoute({
  getParentRoute: () => shell,
  path: paths.gatePhones,
  component: lazyRouteComponent(() => import('../pages/gate-phones.tsx')),
});
const gates = createRoute({
  getParentRoute: () => shell,
  path: paths.gates,
  validateSearch: readSearch.gates,
  component: lazyRouteComponent(() => import('../pages/gates.tsx')),
});
const organisation = createRoute({
  getParentRoute: () => shell,
  path: paths.organisation,
  validateSearch: readSearch.organisation,
  component: lazyRouteComponent(() => import('../pages/organisation.tsx')),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: paths.inbox,
  component: lazyRouteComponent(() => import('../pages/inbox.tsx')),
});

const messageSettings = createRoute({
  getParentRoute: () => shell,
  path: paths.messageSettings,
  component: lazyRouteComponent(() => import('../pages/message-settings.tsx')),
});
const deliveries = createRoute({
  getParentRoute: () => shell,
  path: paths.deliveries,
  validateSearch: readSearch.deliveries,
  component: lazyRouteComponent(() => import('../pages/deliveries.tsx')),
});
const open311 = createRoute({
  getParentRoute: () => shell,
  path: paths.open311,
  validateSearch: readSearch.open311,
  component: lazyRouteComponent(() => import('../pages/open311.tsx')),
});
const print = createRoute({
  getParentRoute: () => shell,
  path: paths.print,
  validateSearch: readSearch.print,
  component: lazyRouteComponent(() => import('../pages/print.tsx')),
});
const labels = createRoute({
  getParentRoute: () => shell,
  path: paths.labels,
  validateSearch: readSearch.labels,
  component: lazyRouteComponent(() => import('../pages/labels.tsx')),
});
const rules = createRoute({
  getParentRoute: () => shell,
  path: paths.rules,
  validateSearch: readSearch.rules,
  component: lazyRouteComponent(() => import('../pages/rules.tsx')),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: paths.imports,
  validateSearch: readSearch.imports,
  component: lazyRouteComponent(() => import('../pages/imports.tsx')),
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

const billLine = createRoute({
  getParentRoute: () => shell,
  path: paths.billLine,
  component: lazyRouteComponent(() => import('../pages/bill-line.tsx')),
});

const billing = createRoute({
  getParentRoute: () => shell,
  path: paths.billing,
  validateSearch: readSearch.billing,
  component: lazyRouteComponent(() => import('../pages/billing.tsx')),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: paths.account,
  component: lazyRouteComponent(() => import('../pages/account.tsx')),
});
const hotline = createRoute({
  getParentRoute: () => shell,
  path: paths.hotline,
  validateSearch: readSearch.hotline,
  component: lazyRouteComponent(() => import('../pages/hotline.tsx')),
});
const hotlineCase = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineCase,
  component: lazyRouteComponent(() => import('../pages/hotline-case.tsx')),
});
const hotlineNew = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineNew,
  component: lazyRouteComponent(() => import('../pages/hotline-new.tsx')),
});
const rosterFile = createRoute({
  getParentRoute: () => shell,
  path: paths.rosterFile,
  validateSearch: readSearch.rosterFile,
  component: lazyRouteComponent(() => import('../pages/roster-file.tsx')),
});
const hotlineFile = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineFile,
  component: lazyRouteComponent(() => import('../pages/hotline-file.tsx')),
});
const hotlineClients = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineClients,
  component: lazyRouteComponent(() => import('../pages/hotline-clients.tsx')),
});
const hotlineRates = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineRates,
  validateSearch: readSearch.hotlineRates,
  component: lazyRouteComponent(() => import('../pages/hotline-rates.tsx')),
});

const phone = createRoute({
  getParentRoute: () => shell,
  path: paths.phone,
  component: lazyRouteComponent(() => import('../pages/phone.tsx')),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    wall,
    shell.addChildren([
      people,
      household,
      desk,
      order,
      newOrder,
      report,
      compare,
      callbacks,
      phone,
      places,
      myGrid,
      takeovers,
      roster,
      rosterFile,
      board,
      overview,
      reports,
      savedReport,
      forms,
      form,
      formTask,
      prevention,
      preventionProject,
      organisation,
      inbox,
      imports,
      messageSettings,
      deliveries,
      open311,
      devices,
      patrols,
      passes,
      payments,
      gatePhones,
      gates,
      print,
      labels,
      rules,
      ledger,
      accounts,
      heating,
      meters,
      billing,
      billLine,
      account,
      hotline,
      hotlineCase,
      hotlineNew,
      hotlineFile,
      hotlineClients,
      hotlineRates,
    ]),
  ]),
  basepath: BASE,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

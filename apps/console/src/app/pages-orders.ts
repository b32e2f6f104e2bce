import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths, readSearch } from './routes.ts';
import { shell } from './router-shell.tsx';

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

const callbacks = createRoute({
  getParentRoute: () => shell,
  path: paths.callbacks,
  validateSearch: readSearch.callbacks,
  component: lazyRouteComponent(() => import('../pages/callbacks.tsx')),
});

const phone = createRoute({
  getParentRoute: () => shell,
  path: paths.phone,
  component: lazyRouteComponent(() => import('../pages/phone.tsx')),
});

const print = createRoute({
  getParentRoute: () => shell,
  path: paths.print,
  validateSearch: readSearch.print,
  component: lazyRouteComponent(() => import('../pages/print.tsx')),
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

const overview = createRoute({
  getParentRoute: () => shell,
  path: paths.overview,
  validateSearch: readSearch.overview,
  component: lazyRouteComponent(() => import('../pages/overview.tsx')),
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

/** Orders from the call to the last look back at them. */
export const ordersPages = [
  desk,
  order,
  newOrder,
  callbacks,
  phone,
  print,
  report,
  compare,
  overview,
  prevention,
  preventionProject,
  reports,
  savedReport,
  forms,
  form,
  formTask,
] as const;

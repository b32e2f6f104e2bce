import type { ComponentType } from 'react';

/**
 * The one table of the phone's pages: address, what it is called in the tests' golden copy, and the code it loads.
 * Addresses are built by `url` only; the router and the tab bar read this table and nothing else.
 */
export const BASE = '/m';

type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name | keyof Params<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : Record<never, string>;

type Page<Path extends string> = ComponentType<{ params: Params<Path> }>;

interface Route<Path extends string> {
  path: Path;
  /** Reached without a session. */
  isPublic: boolean;
  load: () => Promise<{ default: Page<Path> }>;
}

function route<const Path extends string>(
  path: Path,
  load: () => Promise<{ default: Page<Path> }>,
  isPublic = false,
): Route<Path> {
  return { path, load, isPublic };
}

export const routes = {
  home: route('/', () => import('../pages/HomePage.tsx')),
  report: route('/report', () => import('../pages/ReportPage.tsx')),
  orders: route('/orders', () => import('../pages/OrdersPage.tsx')),
  order: route('/orders/:scopeId/:id', () => import('../pages/OrderPage.tsx')),
  work: route('/work', () => import('../pages/WorkPage.tsx')),
  /** One job of the day; messages link here. */
  job: route('/work/:scopeId/:id', () => import('../pages/WorkPage.tsx')),
  gate: route('/gate', () => import('../pages/GatePage.tsx')),
  handover: route('/handover', () => import('../pages/HandoverPage.tsx')),
  /** What is to be looked at where one works. */
  patrols: route('/work/patrols', () => import('../pages/PatrolsPage.tsx')),
  /** From home to home: what each meter shows. */
  round: route('/work/meters', () => import('../pages/ReadingRoundPage.tsx')),
  ratings: route('/work/ratings', () => import('../pages/RatingsPage.tsx')),
  /** Somebody from outside, with a link for one job. */
  contractorJob: route('/job/:token', () => import('../pages/JobPage.tsx'), true),
  /** Standing at the gate: the own code. */
  openGate: route('/open', () => import('../pages/OpenPage.tsx')),
  visitors: route('/visitors', () => import('../pages/VisitorsPage.tsx')),
  meters: route('/meters', () => import('../pages/MetersPage.tsx')),
  parcels: route('/parcels', () => import('../pages/ParcelsPage.tsx')),
  /** What the company publishes of the owners' own money: the latest, or one of a past time. */
  accounts: route('/accounts', () => import('../pages/AccountsPage.tsx')),
  paper: route('/accounts/:scopeId/:id', () => import('../pages/AccountsPage.tsx')),
  goods: route('/goods', () => import('../pages/GoodsPage.tsx')),
  /** What a home owes, and why. */
  bills: route('/bills', () => import('../pages/BillsPage.tsx')),
  /** What the home owes, one payment, and what was paid. */
  pay: route('/pay', () => import('../pages/PayPage.tsx')),
  payment: route('/pay/:scopeId/:id', () => import('../pages/PaymentPage.tsx')),
  receipts: route('/receipts', () => import('../pages/ReceiptsPage.tsx')),
  /** What a guest was sent; all of it stands behind the #. */
  visit: route('/visit', () => import('../pages/VisitPage.tsx'), true),
  messages: route('/messages', () => import('../pages/MessagesPage.tsx')),
  me: route('/me', () => import('../pages/MePage.tsx')),
  messageSettings: route('/me/messages', () => import('../pages/MessageSettingsPage.tsx')),
  /** What the WeChat account answers with, to be confirmed by whoever is signed in. */
  wechat: route('/wechat/:token', () => import('../pages/WechatPage.tsx')),
  myData: route('/me/data', () => import('../pages/MyDataPage.tsx')),
  family: route('/family', () => import('../pages/FamilyPage.tsx')),
  /** The code on a printed slip. */
  slip: route('/slip/:token', () => import('../pages/SlipPage.tsx'), true),
  signIn: route('/sign-in', () => import('../pages/SignInPage.tsx'), true),
} as const;

export type RouteName = keyof typeof routes;
type Pattern<Name extends RouteName> = (typeof routes)[Name]['path'];

function build(
  path: string,
  params: Readonly<Record<string, string>> = {},
  search: Readonly<Record<string, string>> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(search).toString();
  return `${BASE}${filled}${query === '' ? '' : `?${query}`}`;
}

/** Builders of every address. */
export const url = {
  home: () => build(routes.home.path),
  report: () => build(routes.report.path),
  orders: (search: { list?: 'open' | 'finished' | 'followed' } = {}) => build(routes.orders.path, {}, search),
  order: (params: Params<Pattern<'order'>>) => build(routes.order.path, params),
  work: () => build(routes.work.path),
  job: (params: Params<Pattern<'job'>>) => build(routes.job.path, params),
  gate: () => build(routes.gate.path),
  handover: () => build(routes.handover.path),
  patrols: () => build(routes.patrols.path),
  round: () => build(routes.round.path),
  ratings: () => build(routes.ratings.path),
  contractorJob: (params: Params<Pattern<'contractorJob'>>) => build(routes.contractorJob.path, params),
  openGate: () => build(routes.openGate.path),
  visitors: () => build(routes.visitors.path),
  meters: () => build(routes.meters.path),
  parcels: () => build(routes.parcels.path),
  accounts: () => build(routes.accounts.path),
  paper: (params: Params<Pattern<'paper'>>) => build(routes.paper.path, params),
  goods: () => build(routes.goods.path),
  bills: () => build(routes.bills.path),
  pay: () => build(routes.pay.path),
  payment: (params: Params<Pattern<'payment'>>) => build(routes.payment.path, params),
  receipts: () => build(routes.receipts.path),
  visit: () => build(routes.visit.path),
  messages: () => build(routes.messages.path),
  me: () => build(routes.me.path),
  myData: () => build(routes.myData.path),
  messageSettings: () => build(routes.messageSettings.path),
  family: () => build(routes.family.path),
  /** `next`: where to go afterwards, an address within the phone app. */
  signIn: (search: { next?: string } = {}) => build(routes.signIn.path, {}, search),
};

export interface Match {
  name: RouteName;
  params: Record<string, string>;
}

/** Which page an address means; null where there is none. */
export function match(pathname: string): Match | null {
  // The server answers '/' with this app too.
  const within =
    pathname === '/'
      ? '/'
      : pathname.startsWith(`${BASE}/`) || pathname === BASE
        ? pathname.slice(BASE.length)
        : null;
  if (within === null) return null;
  const asked = parts(within);
  for (const [name, { path }] of Object.entries(routes)) {
    const wanted = parts(path);
    if (wanted.length !== asked.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, index) => {
      const given = asked[index] ?? '';
      if (!part.startsWith(':')) return part === given;
      params[part.slice(1)] = given;
      return given !== '';
    });
    if (fits) return { name: name as RouteName, params };
  }
  return null;
}

function parts(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

/** Only addresses of our own are followed after sign-in. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(m|desk)(\/|$)/.test(next) && !next.includes('\\') ? next : url.home();
}

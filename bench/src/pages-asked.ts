import type { Json } from '../../test/server.ts';
import type { Known } from './pages-known.ts';

/** What is asked for: how it is called in the table, and how it is sent. */
export interface Wanted {
  readonly what: string;
  readonly path: string;
  readonly body?: object;
}

/** Streams, files and what a machine asks for with a key of its own. */
const notPages =
  /^\/(?:live|files|exports|auth|slips|jobs|health|metrics)|\/(?:print|pdf|file|template)s?$|bundle|barrier-orders/;

const today = (): string => new Date().toISOString().slice(0, 10);
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** What a required parameter may be, by its name. */
function valueOf(name: string, schema: Json, known: Known): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    scopeId: known.compound,
    householdId: known.home?.id,
    orderId: known.order?.id,
    orders: known.order === undefined ? undefined : `${known.order.scopeId}:${known.order.id}`,
    category: known.order?.categoryCode,
    account: 'cash',
    at: new Date().toISOString(),
    respondMinutes: '30',
    resolveMinutes: '600',
    from: daysAgo(30),
    since: daysAgo(30),
    to: today(),
    day: today(),
    date: today(),
    month: today().slice(0, 7),
    fromMonth: daysAgo(31).slice(0, 7),
    toMonth: today().slice(0, 7),
    period: `${today().slice(0, 7)}-01`,
    q: '1',
  };
  return values[name] ?? schema?.enum?.[0] ?? schema?.anyOf?.[0]?.const;
}

/** What an id in a path is the id of, by how the path begins; what lies in a compound is asked with that. */
function objectOf(path: string, known: Known): Json {
  const { compound } = known;
  const ofCompound = (id: string | undefined): Json =>
    id === undefined || compound === undefined ? undefined : { id, scopeId: compound };
  if (path.startsWith('/dispatch/orders/')) return known.openOrder;
  if (path.startsWith('/work-orders/{id}')) return known.order;
  if (path.startsWith('/people/')) return known.person;
  if (path.startsWith('/hotline/cases/')) return known.case;
  if (path.startsWith('/staff/'))
    return known.staff === undefined ? undefined : { id: known.staff.staffId, scopeId: known.staff.scopeId };
  if (path.startsWith('/places/scopes/')) return ofCompound(compound);
  if (path.includes('/catalogue/entries/')) return ofCompound(known.order?.categoryCode);
  if (/household/.test(path)) return ofCompound(known.home?.id);
  return undefined;
}

/** Every GET of the API whose parameters can be filled with something that is there. */
export function askable(contract: Json, known: Known): Wanted[] {
  const found: Wanted[] = [];
  for (const [written, operations] of Object.entries<Json>(contract.paths)) {
    const path = written.replace(/^\/api\/v1/, '');
    if (operations.get === undefined || notPages.test(path)) continue;
    const object = objectOf(path, known);
    const parameters: Json[] = operations.get.parameters ?? [];
    const query = new URLSearchParams();
    let isFilled = true;
    for (const { name, schema, in: where, required } of parameters) {
      if (where !== 'query') continue;
      if (name === 'scopeId' && object?.scopeId !== undefined) query.set(name, object.scopeId);
      else if (required) {
        const value = valueOf(name, schema, known);
        if (value === undefined) isFilled = false;
        else query.set(name, value);
      }
    }
    const asked = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'buildingId' ? (known.building ?? '') : (object?.id ?? ''),
    );
    if (!isFilled || asked.includes('//') || asked.endsWith('/')) continue;
    const asksFor = query.toString();
    found.push({ what: `GET ${path}`, path: asksFor === '' ? asked : `${asked}?${asksFor}` });
  }
  return found;
}

/** Lists as pages ask for them, with the filters that cost most. */
export function pageQueries(known: Known): Wanted[] {
  const month = `from=${daysAgo(30)}T00:00:00Z&to=${today()}T23:59:59Z`;
  const days = `from=${daysAgo(30)}&to=${today()}`;
  const lists: Readonly<Record<string, string>> = {
    'the desk, what is pressing': '/work-orders?queue=open&sort=due&limit=50',
    'the desk, what is late': '/work-orders?queue=late&sort=due&limit=50',
    'the desk, everything': '/work-orders?queue=all&limit=50',
    'the desk, a month': `/work-orders?queue=all&${month}&limit=50`,
    'the desk, closed ones': '/work-orders?status=closed&limit=50',
    'the desk, one category': '/work-orders?queue=all&category=water.leak.home&limit=50',
    'the desk, a common word': `/work-orders?queue=all&words=${encodeURIComponent('\u6f0f\u6c34')}&limit=50`,
    'the desk, a rare word': `/work-orders?queue=all&words=${encodeURIComponent('\u9600\u95e8')}&limit=50`,
    'the desk, a number': `/work-orders?queue=all&q=${String(known.order?.number).slice(0, 10)}&limit=50`,
    'on time, by category': `/work-orders/reports/on-time?by=category&${days}`,
    'on time, by month': `/work-orders/reports/on-time?by=month&${days}`,
    'on time, by place': `/work-orders/reports/on-time?by=place&${days}`,
    'compared by place': `/work-orders/reports/comparison?by=place&${days}`,
    'compared by worker': `/work-orders/reports/comparison?by=worker&${days}`,
    'compared by building': `/work-orders/reports/comparison?by=building&${days}`,
    'people, a surname': `/people?q=${encodeURIComponent('\u738b')}&limit=20`,
    'overview, places and orders of the wall': '/overview/wall',
    'overview, figures of the wall': `/overview?from=${daysAgo(13)}&to=${today()}&sort=late&by=street&most=10&grids=false`,
    ...overviews(known),
  };
  return Object.entries(lists).map(([what, path]) => ({ what, path }));
}

/** The overview by each of its periods and kinds, and narrowed down as one does from it. */
function overviews({ street, company, compound }: Known): Readonly<Record<string, string>> {
  const since = (from: string): string => `from=${from}&to=${today()}`;
  const asked = (days: string, more = ''): string => `/overview?${days}&sort=late&per=count&by=place${more}`;
  const week = since(daysAgo(6));
  const month = since(daysAgo(29));
  const within = Object.entries({ street, company, compound }).flatMap(([kind, id]): [string, string][] =>
    id === undefined ? [] : [[`overview, thirty days of a ${kind}`, asked(month, `&scopeId=${id}`)]],
  );
  const kinds = ['street', 'company', 'department', 'community', 'grid', 'category'];
  return {
    'overview, today': asked(since(today())),
    'overview, a week': asked(week),
    'overview, thirty days': asked(month),
    'overview, this month': asked(since(`${today().slice(0, 7)}-01`)),
    'overview, half a year': asked(since(daysAgo(180))),
    'overview, a week by what was rated': `/overview?${week}&sort=satisfaction&per=households&by=place`,
    ...Object.fromEntries(
      kinds.map((by) => [`overview, a week by ${by}`, `/overview?${week}&sort=late&per=count&by=${by}`]),
    ),
    ...Object.fromEntries(within),
  };
}

/** The one field, with what people type into it. */
export function searchTexts(known: Known): Wanted[] {
  const texts: Readonly<Record<string, string | undefined>> = {
    'a common word': '\u6f0f\u6c34',
    'two words': '\u53a8\u623f \u6f0f\u6c34',
    'a rare word': '\u9600\u95e8',
    'a long sentence':
      '\u53a8\u623f\u6c34\u7ba1\u4ece\u4eca\u5929\u65e9\u4e0a\u5f00\u59cb\u4e00\u76f4\u6f0f\u6c34\u8bf7\u5c3d\u5feb\u6d3e\u4eba\u6765',
    'nothing that is there': '\u9f98\u9f98\u9f98',
    'a home': '3-1-502',
    'a home, begun': '3-1',
    'a room': '502',
    'a compound': known.compoundName?.slice(0, 2),
    // Every letter is a question of its own while one types.
    'a compound, one letter': known.compoundName?.slice(0, 1),
    'a compound, whole': known.compoundName,
    'one letter of words': '\u6c34',
    'a home, one digit': '3',
    'a home, its building': '3-',
    initials: 'xq',
    'a number': known.order?.number,
    'a month of numbers': String(known.order?.number ?? '').slice(0, 6),
    'a phone': '16912345678',
    'four digits': '4711',
    'a name': '\u738b\u5efa\u56fd',
    'a plate': '\u4eacA12345',
    'a serial': 'B1004711',
  };
  return Object.entries(texts).flatMap(([what, text]) =>
    text === undefined || text === '' ? [] : [{ what: `search: ${what}`, path: '/searches', body: { text } }],
  );
}

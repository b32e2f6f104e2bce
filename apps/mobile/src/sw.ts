/**
 * The service worker: keeps the app's own code on the phone, so that it opens in a cellar. It never touches the
 * API: what people write goes through the outbox and the drafts, what they read through seen.ts.
 */
interface Lasting {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(response: Promise<Response>): void;
}
/** The few members used here; TypeScript's library for workers can't stand beside the one for pages. */
interface Worker {
  addEventListener(type: 'install' | 'activate' | 'message', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
const worker = self as unknown as Worker;

const CACHE = 'gongzhi-mobile';
const SHELL = '/m/';
const ASSETS = '/m/assets/';
const LIST = '/m/assets.json';
/** On a line this slow the page on the phone is the better answer. */
const PATIENCE_MS = 4000;

worker.addEventListener('install', (event) => {
  event.waitUntil(worker.skipWaiting());
});
worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});
// Sent by the page once it stands: then there is time to fetch the rest of the code.
worker.addEventListener('message', (event) => {
  event.waitUntil(keepAll());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith(ASSETS)) event.respondWith(fromCache(request));
  else if (
    request.mode === 'navigate' &&
    (pathname === '/' || pathname === '/m' || pathname.startsWith(SHELL))
  )
    event.respondWith(page(request));
});

/** Their names carry a hash of what is in them: what is here is right. */
async function fromCache(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's page, so that a new version is never missed; ours when it doesn't come. */
async function page(request: Request): Promise<Response> {
  const own = caches.match(SHELL);
  const fresh = fetch(request);
  const late = new Promise<null>((resolve) => {
    setTimeout(() => {
      resolve(null);
    }, PATIENCE_MS);
  });
  try {
    const answer = await Promise.race([fresh, late]);
    return answer ?? (await own) ?? (await fresh);
  } catch (error) {
    const kept = await own;
    if (kept === undefined) throw error;
    return kept;
  }
}

/** All code of the present version, and none of an older one. */
async function keepAll(): Promise<void> {
  const answer = await fetch(LIST, { cache: 'no-store' });
  if (!answer.ok) return;
  const wanted = (await answer.json()) as string[];
  const cache = await caches.open(CACHE);
  const here = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(wanted.filter((path) => !here.has(path)));
  // The page after its code: never a page here whose code isn't.
  await cache.add(SHELL);
  for (const path of here) if (path !== SHELL && !wanted.includes(path)) await cache.delete(path);
}

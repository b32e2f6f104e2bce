import { ApiProblem, problemOf, Unreachable } from './problem.ts';

/** On a bad network an answer later than this is as good as none; the same key makes asking again safe. */
const TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 120_000;

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface CallOptions {
  query?: Query;
  /** Sent as JSON, or as it is when it is a Blob. */
  body?: unknown;
  /** The intent's idempotency key: made once when a person means to do something, kept through every retry. */
  key?: string;
  signal?: AbortSignal;
  /** In which capacity this was meant, of `Me`: refused (409 auth.other_capacity) when another is on by now. */
  as?: string | undefined;
  /** A 401 is the caller's own business: the first look at who is signed in, a queue in the background. */
  isQuiet?: boolean;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks the person to sign in again over the page; true once they did. */
export type Reauthenticate = () => Promise<boolean>;

export interface Http {
  call<Answer>(method: Method, path: string, options?: CallOptions): Promise<Answer>;
  /** A file for an answer, with the name the server gives it. */
  download(method: Method, path: string, options?: CallOptions): Promise<{ blob: Blob; name: string }>;
  /** From `Me`; sent with every write. */
  setCsrfToken(token: string | null): void;
  setReauthenticate(ask: Reauthenticate | null): void;
}

export function newKey(): string {
  // randomUUID wants a secure context; getRandomValues works on plain http in a compound's office too.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export function pathWithQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value != null && value !== '') search.set(name, String(value));
  const written = search.toString();
  return written === '' ? path : `${path}?${written}`;
}

/**
 * Same-origin calls to the API: the session travels in its cookie. An expired session stops the call, asks the
 * person to sign in over the page, and then repeats the very same call, so nothing typed is lost.
 */
export function createHttp(base = '/api/v1'): Http {
  let csrfToken: string | null = null;
  let reauthenticate: Reauthenticate | null = null;
  /** Ten calls that fail at once ask once. */
  let asking: Promise<boolean> | null = null;

  const send = async (method: Method, path: string, options: CallOptions): Promise<Response> => {
    const { body, key, signal, as } = options;
    const headers = new Headers({ accept: 'application/json' });
    if (method !== 'GET' && csrfToken !== null) headers.set('x-csrf-token', csrfToken);
    if (key !== undefined) headers.set('idempotency-key', key);
    if (as !== undefined) headers.set('x-acting', as);
    const isBlob = body instanceof Blob;
    if (isBlob) headers.set('content-type', body.type);
    else if (body !== undefined) headers.set('content-type', 'application/json');
    const timeout = AbortSignal.timeout(isBlob ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
    try {
      return await fetch(pathWithQuery(base + path, options.query), {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable(String(error));
    }
  };

  const askOnce = (): Promise<boolean> => {
    asking ??= (reauthenticate?.() ?? Promise.resolve(false)).finally(() => {
      asking = null;
    });
    return asking;
  };

  const read = async <Answer>(response: Response): Promise<Answer> => {
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return undefined as Answer;
    try {
      return (await response.json()) as Answer;
    } catch (error) {
      // The line broke in the middle of the answer.
      throw new Unreachable(String(error));
    }
  };

  return {
    async call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
      const response = await send(method, path, options);
      const isSignedOut = response.status === 401 && options.isQuiet !== true && !path.startsWith('/auth/');
      if (isSignedOut && (await askOnce())) return read<Answer>(await send(method, path, options));
      return read<Answer>(response);
    },
    async download(method, path, options = {}) {
      let response = await send(method, path, options);
      if (response.status === 401 && (await askOnce())) response = await send(method, path, options);
      if (!response.ok) throw await problemOf(response);
      const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
      try {
        return { blob: await response.blob(), name: decodeURIComponent(named ?? 'list') };
      } catch (error) {
        // The line broke in the middle: half a list is no list.
        throw new Unreachable(String(error));
      }
    },
    setCsrfToken(token) {
      csrfToken = token;
    },
    setReauthenticate(ask) {
      reauthenticate = ask;
    },
  };
}

/** What may simply be asked again: no answer at all, or a server that says it is not able to right now. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof ApiProblem && (error.status >= 500 || error.status === 429))
  );
}

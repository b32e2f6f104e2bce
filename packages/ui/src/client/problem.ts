/** One field of a request that the server refused. */
export interface FieldProblem {
  path: string;
  code: string;
  params: Record<string, unknown>;
}

/** The server's problem+json answer (RFC 9457). Pages show `errors.<code>` from the labels, never `title`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, string | number>;
  readonly traceId: string | undefined;
  readonly fields: readonly FieldProblem[];

  constructor(
    status: number,
    body: Partial<Pick<ApiProblem, 'code' | 'params' | 'traceId' | 'fields'>> = {},
  ) {
    super(body.code ?? `http ${status}`);
    this.fields = body.fields ?? [];
    const isNowhere = body.code === 'validation.failed' && namesNothing(this.fields);
    this.status = isNowhere ? 404 : status;
    this.code = isNowhere ? 'not_found' : (body.code ?? fallbackCode(status));
    this.params = body.params ?? {};
    this.traceId = body.traceId;
  }
}

/** A link that was cut off on its way: its reader has filled nothing in wrongly, and is told what a link to nothing tells. */
const namesNothing = (fields: readonly FieldProblem[]): boolean =>
  fields.length > 0 &&
  fields.every(({ path, code }) => code === 'format' && /^(?:params|querystring)\/(?:id|\w+Id)$/.test(path));

/**
 * No answer came: offline, cut off or too slow. Whether a write arrived is unknown, so it is sent again with the
 * same idempotency key.
 */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** An answer that isn't ours, such as a proxy's page, still gets a code that has a label. */
function fallbackCode(status: number): string {
  if (status === 401) return 'auth.session_required';
  if (status === 403) return 'permission.denied';
  if (status === 404) return 'not_found';
  if (status === 413) return 'request.too_large';
  if (status === 429) return 'limited.too_many';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal';
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isProblem ? await response.json().catch(() => undefined) : undefined;
  return new ApiProblem(response.status, typeof body === 'object' && body !== null ? body : {});
}

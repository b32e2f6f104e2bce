import Type from 'typebox';

/**
 * Errors on the wire: RFC 9457 problem+json with a code from a registry. Domain functions return results; only
 * here do they become problems.
 */
export type ErrorTable = Readonly<Record<string, number>>;
export type ConstraintTable = Readonly<Record<string, string>>;

export interface FieldProblem {
  /** JSON pointer into the body, or the name of a query parameter. */
  readonly path: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Codes of the ground floor. Modules add theirs in errors.ts; the sentences live in packages/i18n. */
export const platformErrors = {
  'validation.failed': 422,
  'request.malformed': 400,
  'request.too_large': 413,
  'request.media_type': 415,
  'request.foreign_host': 421,
  'auth.session_required': 401,
  /** The role asks for a second factor, and the days of grace are over. */
  'auth.second_factor_enrol': 403,
  'auth.csrf': 403,
  'auth.capacity_ended': 403,
  'auth.other_capacity': 409,
  'permission.denied': 403,
  not_found: 404,
  'idempotency.key_missing': 422,
  'idempotency.key_reused': 409,
  'conflict.busy': 409,
  'limited.too_many': 429,
  'file.too_large': 413,
  'file.wrong_type': 415,
  'file.too_many_pixels': 422,
  'file.broken': 422,
  'file.not_attachable': 422,
  'message.channel_unavailable': 422,
  'message.address_invalid': 422,
  'message.address_refused': 422,
  'message.too_many_codes': 429,
  'message.code_gone': 422,
  'message.code_wrong': 422,
  'message.receipt_unsigned': 401,
  unavailable: 503,
  internal: 500,
} as const satisfies ErrorTable;

export class Problem extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldProblem[];

  constructor(
    code: string,
    params: Readonly<Record<string, unknown>> = {},
    fields: readonly FieldProblem[] = [],
  ) {
    super(code);
    this.code = code;
    this.params = params;
    this.fields = fields;
  }
}

export class ErrorRegistry {
  readonly #status = new Map<string, number>();
  readonly #constraints = new Map<string, string>();

  add(errors: ErrorTable, constraints: ConstraintTable = {}): void {
    for (const [code, status] of Object.entries(errors)) {
      if (this.#status.has(code)) throw new Error(`error code ${code} is registered twice`);
      this.#status.set(code, status);
    }
    for (const [name, code] of Object.entries(constraints)) {
      if (!this.#status.has(code)) throw new Error(`constraint ${name} maps to the unknown code ${code}`);
      this.#constraints.set(name, code);
    }
  }

  statusOf(code: string): number {
    const status = this.#status.get(code);
    if (status === undefined) throw new Error(`error code ${code} is not in the registry`);
    return status;
  }

  codes(): string[] {
    return [...this.#status.keys()];
  }

  /** On a distributed database the constraint field comes back empty and the name bears a shard's number. */
  codeOfConstraint(error: { constraint?: string | undefined; message: string }): string | undefined {
    const named = error.constraint ?? /constraint "([^"]+)"/.exec(error.message)?.[1];
    if (named === undefined) return undefined;
    return this.#constraints.get(named) ?? this.#constraints.get(named.replace(/_\d+$/, ''));
  }
}

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String(),
    code: Type.String({
      description: 'Stable; its sentence in each language is errors.<code> in packages/i18n',
    }),
    params: Type.Record(Type.String(), Type.Unknown()),
    traceId: Type.String(),
    fields: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String(),
          code: Type.String(),
          params: Type.Record(Type.String(), Type.Unknown()),
        }),
      ),
    ),
  },
  { title: 'Problem' },
);

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  params: Readonly<Record<string, unknown>>;
  traceId: string;
  fields?: readonly FieldProblem[];
}

export function problemBody(
  registry: ErrorRegistry,
  problem: Problem,
  instance: string,
  traceId: string,
): ProblemBody {
  const status = registry.statusOf(problem.code);
  return {
    type: `urn:gongzhi:problem:${problem.code}`,
    title: problem.code,
    status,
    detail:
      problem.fields.length > 0 ? problem.fields.map((f) => `${f.path}: ${f.code}`).join('; ') : problem.code,
    instance,
    code: problem.code,
    params: problem.params,
    traceId,
    ...(problem.fields.length > 0 ? { fields: problem.fields } : {}),
  };
}

/**
 * The database is away, going, full or silent; trying again helps. SQLSTATE: connection (08), resources (53, a full disk
 * too), shutdown and recovery (57P), a statement or a transaction that took too long, a standby that may not write, a
 * system error (58). The rest is what the network says.
 */
const away =
  /^(?:08|53|57P|58|57014$|25006$|25P0[34]$|ECONN|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$|ENETUNREACH$|EAI_AGAIN$|ENOTFOUND$)/;
/** The driver's own words for it; it gives them no code. */
const awayMessage =
  /^Connection terminated|not queryable|timeout exceeded when trying to connect|^Query read timeout/;

/** The database is not there, or was not there to the end: it passes by itself. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (code === undefined) return awayMessage.test(error.message);
  // A unix socket that is gone.
  return away.test(code) || (code === 'ENOENT' && syscall === 'connect');
}

/** What PostgreSQL's errors mean to a caller; undefined when it is our own mistake. */
export function problemOfDatabase(registry: ErrorRegistry, error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isAway(error)) return new Problem('unavailable', { retryAfterSeconds: 2 });
  const { code } = error as { code?: string };
  if (code === undefined) return undefined;
  if (code === '40001' || code === '40P01' || code === '55P03') return new Problem('conflict.busy');
  if (code.startsWith('23')) {
    const known = registry.codeOfConstraint(error as { constraint?: string; message: string });
    if (known !== undefined) return new Problem(known);
  }
  // Text that no column can hold (a NUL, half a character): nothing of ours writes that.
  if (code === '22021' || code === '22P05') return new Problem('request.malformed');
  // Row-level security refused a write: to this caller the row's place does not exist.
  if (code === '42501' && error.message.includes('row-level security')) return new Problem('not_found');
  return undefined;
}

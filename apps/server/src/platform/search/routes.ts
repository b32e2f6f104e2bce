import Type from 'typebox';
import { mayAttempt } from '../permissions/permissions.ts';
import type { App } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { House } from '../house.ts';
import { readAsked, SHOWN } from './asked.ts';
import { SEARCH_KINDS, type Searcher, type SearchKind } from './search.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const Uuid = Type.String({ format: 'uuid' });

const FoundItem = Type.Object(
  {
    id: Type.String(),
    scopeId: Uuid,
    title: Type.String(),
    words: Nullable,
    place: Nullable,
    state: Nullable,
    householdId: Type.Union([Uuid, Type.Null()]),
  },
  { title: 'FoundItem' },
);
const Found = Type.Object(
  {
    groups: Type.Array(
      Type.Object({
        kind: Type.Unsafe<SearchKind>({ type: 'string', enum: [...SEARCH_KINDS] }),
        items: Type.Array(FoundItem),
        isMore: Type.Boolean(),
      }),
    ),
  },
  { title: 'Found' },
);

export function searchRoutes(app: App, house: House, searchers: readonly Searcher[]): void {
  const ordered = SEARCH_KINDS.flatMap((kind) => searchers.filter((one) => one.kind === kind));
  app.post(
    '/searches',
    {
      config: { permission: 'search.use' },
      schema: {
        tags: ['search'],
        operationId: 'search',
        summary: 'What one may see of what is called so, by kind, as one types; people masked',
        description:
          'A few of each kind. At least one word of two characters. Looks only, writes nothing; sent as a body because phones and names do not belong into addresses, which are logged on the way.',
        body: Type.Object(
          { text: Type.String({ minLength: 1, maxLength: 100 }) },
          { additionalProperties: false },
        ),
        response: { 200: Found },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const asked = readAsked(request.body.text, house.clock.now());
      if (asked === null)
        throw new Problem('validation.failed', {}, [
          { path: '/text', code: 'minLength', params: { limit: 2 } },
        ]);
      reply.header('cache-control', 'no-store');
      const own = ordered.filter(({ permission }) => mayAttempt(acting.role, permission));
      // Asked for together, so that they travel together.
      const found = await house.db.read(acting.actor, (q) =>
        Promise.all(own.map((one) => one.find(house, q, acting, asked))),
      );
      return {
        groups: own
          .map(({ kind }, i) => {
            const hits = found[i] ?? [];
            return { kind, items: hits.slice(0, SHOWN), isMore: hits.length > SHOWN };
          })
          .filter(({ items }) => items.length > 0),
      };
    },
  );
}

import Type from 'typebox';
import type { House } from '../house.ts';
import type { App } from '../http/app.ts';
import type { Acting } from '../sessions/sessions.ts';

export function liveRoutes(app: App, house: House): void {
  // A stream never ends by itself, and a closing server waits for its connections.
  app.addHook('preClose', async () => house.live.stop());
  app.get(
    '/live',
    {
      // A HEAD of a stream would wait for ever for nothing.
      exposeHeadRoute: false,
      config: { permission: 'live.listen' },
      schema: {
        tags: ['live'],
        operationId: 'listen',
        summary: 'What changed, as server-sent events',
        description:
          'Ids only: `change` with kind, id and scopeId; `inbox` for a message of mine; `reset` when too much was missed and pages should be read afresh. Resumes by Last-Event-ID.',
        produces: ['text/event-stream'],
        querystring: Type.Object({
          age: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 600_000,
              description:
                'How many milliseconds ago the page began to read what it shows: what happened since is told first. Says nothing to who resumes.',
            }),
          ),
        }),
      },
    },
    (request, reply) => {
      house.live.attach(request, reply, request.acting as Acting, request.query.age ?? null);
    },
  );
}

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app.ts';

type Json = Record<string, unknown>;

/**
 * The document names what has a title: a schema object `{title: 'WorkOrder', …}` becomes
 * `#/components/schemas/WorkOrder`, so that clients get one type and not a copy per route.
 */
export function hoistTitled(document: Json): Json {
  const components = (document['components'] ??= {}) as Json;
  const schemas = (components['schemas'] ??= {}) as Json;
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const result: Json = {};
    for (const [key, value] of Object.entries(node)) result[key] = visit(value);
    const { title } = result;
    if (typeof title !== 'string' || (!('type' in result) && !('anyOf' in result))) return result;
    const before = schemas[title];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(result))
      throw new Error(`two different schemas are titled ${title}`);
    schemas[title] = result;
    return { $ref: `#/components/schemas/${title}` };
  };
  document['paths'] = visit(document['paths']);
  components['schemas'] = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return document;
}

export async function registerOpenapi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gongzhi API',
        version: '1.0.0',
        description:
          'Errors are application/problem+json with a stable code. Writes carry the session cookie, x-csrf-token and an Idempotency-Key.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'gz_session' },
          csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const { permission } = (route.config ?? {}) as { permission?: string };
      const isWrite = route.method !== 'GET' && route.method !== 'HEAD';
      return {
        url,
        schema: {
          ...schema,
          ...(permission === undefined || permission === 'public'
            ? { security: [] }
            : { security: [isWrite ? { session: [], csrf: [] } : { session: [] }] }),
        },
      };
    },
    transformObject: (document) =>
      hoistTitled(('openapiObject' in document ? document.openapiObject : {}) as Json) as never,
  });
  // Its own pages need no inline script: the product's content security policy stays as it is.
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

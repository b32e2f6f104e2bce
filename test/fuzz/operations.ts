import { Compile } from 'typebox/compile';

/** What the served OpenAPI document says can be asked: a route that is new is fuzzed without anybody adding it here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

export interface Operation {
  /** As people write it: `POST /api/v1/work-orders/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | null;
  /** Why this answer is not as the document says; null when it is. */
  faultOf(status: number, contentType: string, answer: unknown): string | null;
}

interface Media {
  readonly schema?: unknown;
}
interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

const reference = '#/components/schemas/';

/** With every reference in its place: the document's own do not refer to themselves. */
function spelledOut(node: unknown, named: Readonly<Record<string, unknown>>, within: string[] = []): unknown {
  if (Array.isArray(node)) return node.map((part) => spelledOut(part, named, within));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string' && $ref.startsWith(reference)) {
    const name = $ref.slice(reference.length);
    if (within.includes(name)) throw new Error(`the schema ${name} refers to itself`);
    return spelledOut(named[name], named, [...within, name]);
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, spelledOut(value, named, within)]),
  );
}

export function operationsOf(document: Document): Operation[] {
  const named = document.components?.schemas ?? {};
  const whole = (schema: unknown) => spelledOut(schema, named) as JsonSchema;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]): Operation => {
      const checks = new Map<string, { Check(value: unknown): boolean; Errors(value: unknown): object[] }>();
      const body = raw.requestBody?.content['application/json']?.schema;
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: (raw.parameters ?? []).map((each) => ({ ...each, schema: whole(each.schema) })),
        body: body === undefined ? null : whole(body),
        faultOf(status, contentType, answer) {
          const key = raw.responses[status] === undefined ? `${Math.floor(status / 100)}XX` : `${status}`;
          const said = raw.responses[key];
          if (said === undefined) return `status ${status} is not in the document`;
          const media = said.content?.['application/json']?.schema;
          if (media === undefined || !contentType.includes('json')) return null;
          let check = checks.get(key);
          if (check === undefined) checks.set(key, (check = Compile(whole(media) as never)));
          if (check.Check(answer)) return null;
          return `the answer is not as its schema says: ${JSON.stringify(check.Errors(answer).slice(0, 3))}`;
        },
      };
    }),
  );
}

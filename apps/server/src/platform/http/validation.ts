import { isLocalDate } from '@gongzhi/kernel';
import Format from 'typebox/format';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import type { FastifySchemaCompiler } from 'fastify';
import type { FieldProblem } from './problem.ts';

/** Thrown into the error handler with every field that is wrong and what would be right. */
export class ValidationFailure extends Error {
  readonly fields: readonly FieldProblem[];
  constructor(fields: readonly FieldProblem[]) {
    super('validation failed');
    this.fields = fields;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
Format.Set('uuid', (text) => uuid.test(text));
// A day of the calendar that can be counted on from: hundreds of days later the year has four digits still.
Format.Set('date', (text) => isLocalDate(text) && text < '9990');
// What both JavaScript and PostgreSQL take for an instant, and what can be written with four digits for the year again:
// no leap second, no named zone (NaN there), no offset of 16 hours and more, nothing before year 1 or after 9999.
const isDateTime = Format.Get('date-time')!;
const wideOffset = /[+-](?:1[6-9]|2\d):\d\d$/;
const firstInstant = Date.parse('0001-01-01T00:00:00Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');
Format.Set('date-time', (text) => {
  const instant = Date.parse(text);
  return isDateTime(text) && instant >= firstInstant && instant <= lastInstant && !wideOffset.test(text);
});

interface SchemaError {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: Record<string, unknown>;
}

// Noise: these only repeat what a more exact error beside them says.
const echoes = new Set(['anyOf', 'boolean', 'oneOf', 'allOf', 'if']);

function toFields(errors: readonly SchemaError[], prefix: string): FieldProblem[] {
  const fields: FieldProblem[] = [];
  const constants = new Map<string, unknown[]>();
  for (const { keyword, instancePath, params } of errors) {
    if (echoes.has(keyword)) continue;
    if (keyword === 'required') {
      for (const name of (params['requiredProperties'] as string[] | undefined) ?? []) {
        fields.push({ path: `${prefix}${instancePath}/${name}`, code: 'required', params: {} });
      }
    } else if (keyword === 'additionalProperties') {
      for (const name of (params['additionalProperties'] as string[] | undefined) ?? []) {
        fields.push({ path: `${prefix}${instancePath}/${name}`, code: 'unknown_field', params: {} });
      }
    } else if (keyword === 'const') {
      constants.set(instancePath, [...(constants.get(instancePath) ?? []), params['allowedValue']]);
    } else {
      fields.push({ path: `${prefix}${instancePath}`, code: keyword, params });
    }
  }
  for (const [path, allowed] of constants)
    fields.push({ path: prefix + path, code: 'enum', params: { allowedValues: allowed } });
  const seen = new Set<string>();
  return fields.filter(({ path, code }) => !seen.has(path + code) && seen.add(path + code));
}

interface Discriminated {
  anyOf: (TSchema & { properties: Record<string, { const: string }> })[];
  discriminator: { propertyName: string };
}

function isDiscriminated(schema: unknown): schema is Discriminated {
  return typeof schema === 'object' && schema !== null && 'discriminator' in schema && 'anyOf' in schema;
}

/** Follows a JSON pointer; the pointers here name schemas and fields of ours, which need no escapes. */
function at(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], root);
}

/** The property that tells a union's variants apart: a constant of its own in each of them. */
function tagOf(union: unknown): { name: string; values: unknown[] } | undefined {
  const variants = (union as { anyOf?: { properties?: Record<string, { const?: unknown }> }[] } | undefined)
    ?.anyOf;
  const name = Object.keys(variants?.[0]?.properties ?? {}).find((property) =>
    variants?.every((variant) => variant.properties?.[property]?.const !== undefined),
  );
  return name === undefined
    ? undefined
    : { name, values: variants!.map((variant) => variant.properties![name]!.const) };
}

/** Inside a body: of a union told apart by one property only the variant that was meant has a say. */
function ofMeantVariants(errors: readonly SchemaError[], schema: TSchema, value: unknown): SchemaError[] {
  let left = [...errors];
  for (const { keyword, schemaPath, instancePath } of errors) {
    const tag = keyword === 'anyOf' ? tagOf(at(schema, schemaPath)) : undefined;
    const given = at(value, instancePath);
    if (tag === undefined || typeof given !== 'object' || given === null) continue;
    const meant = tag.values.indexOf((given as Record<string, unknown>)[tag.name]);
    left = left.filter(
      (error) =>
        !error.schemaPath.startsWith(`${schemaPath}/anyOf/`) ||
        (meant >= 0 && `${error.schemaPath}/`.startsWith(`${schemaPath}/anyOf/${meant}/`)),
    );
    if (meant < 0) {
      const params = { allowedValues: tag.values };
      left.push({ keyword: 'enum', schemaPath, instancePath: `${instancePath}/${tag.name}`, params });
    }
  }
  return left;
}

/**
 * Bodies are taken as they are: nothing coerced, nothing stripped, unknown fields refused. Query and path
 * parameters are text by nature and are converted. A union with an OpenAPI `discriminator` is checked against the
 * one variant its property names, so that the answer speaks of that variant's fields only.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const prefix = httpPart === 'body' ? '' : (httpPart ?? '');
  if (isDiscriminated(schema)) {
    const { anyOf, discriminator } = schema;
    const name = discriminator.propertyName;
    const variants = new Map(anyOf.map((variant) => [variant.properties[name]?.const, Compile(variant)]));
    return (value: unknown) => {
      const tag =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
      const variant = variants.get(tag as string);
      if (variant === undefined) {
        return {
          error: new ValidationFailure([
            { path: `/${name}`, code: 'enum', params: { allowedValues: [...variants.keys()] } },
          ]),
        };
      }
      if (variant.Check(value)) return { value };
      return { error: new ValidationFailure(toFields(variant.Errors(value) as SchemaError[], prefix)) };
    };
  }
  const check = Compile(schema);
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : Value.Default(schema, Value.Convert(schema, value));
    if (check.Check(converted)) return { value: converted };
    const errors = ofMeantVariants(check.Errors(converted) as SchemaError[], schema, converted);
    return { error: new ValidationFailure(toFields(errors, prefix)) };
  };
};

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

interface SchemaError {
  keyword: string;
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

/**
 * Bodies are taken as they are: nothing coerced, nothing stripped, unknown fields refused. Query and path
 * parameters are text by nature and are converted. A union with an OpenAPI `discriminator` is checked against the
 * one variant its property names, so that the answer speaks of that variant's fields only.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const prefix = httpPart === 'body' ? '' : (httpPart ?? '');
  if ('discriminator' in schema && 'anyOf' in schema) {
    const { anyOf, discriminator } = schema as unknown as Discriminated;
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
    return { error: new ValidationFailure(toFields(check.Errors(converted) as SchemaError[], prefix)) };
  };
};

import { isLocalDate, isZone, type LocalDate } from '@gongzhi/kernel';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { normalisePhone } from '../domain.ts';
import { STAFF_ROLES } from '../domain-staff.ts';

const words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const strict = { additionalProperties: false } as const;

/** What a city begins with: its companies, whom they serve, and the first people who may take on others. */
export const SetupSchema = Type.Object(
  {
    city: Type.Object({ code: words(20), name: words(100), timeZone: Type.Optional(Type.String()) }, strict),
    companies: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: words(100),
            departments: Type.Array(
              Type.Object(
                {
                  name: words(100),
                  /** Compounds by code or name, and the first day of the service. */
                  serves: Type.Array(Type.Object({ compound: words(100), since: Type.String() }, strict)),
                },
                strict,
              ),
            ),
          },
          strict,
        ),
      ),
    ),
    staff: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: words(60),
            phone: Type.String(),
            role: Type.Enum([...STAFF_ROLES]),
            /** Where: a city, street, community, company or department, by code or name. */
            at: words(100),
            title: Type.Optional(words(60)),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);
export type Setup = Static<typeof SetupSchema>;

/** What is wrong with a file, a line each: the JSON path, and what would be right. */
export class SetupError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const schema = Compile(SetupSchema);
const mostLines = 20;

/** The file's text as a set-up that makes sense in itself; whether its places exist the database says. */
export function parseSetup(text: string, today: LocalDate): Setup {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SetupError([`not JSON: ${(error as Error).message}`]);
  }
  if (!schema.Check(value)) throw new SetupError(shapeFaults(value));
  const faults = meaningFaults(value, today);
  if (faults.length > 0) throw new SetupError(faults.slice(0, mostLines));
  return value;
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Record<string, unknown>;
  readonly message: string;
}

function shapeFaults(value: unknown): string[] {
  const lines = new Set<string>();
  for (const { keyword, instancePath, params, message } of schema.Errors(value) as unknown as SchemaError[]) {
    if (keyword === 'required')
      for (const name of params['requiredProperties'] as string[])
        lines.add(`${instancePath}/${name} is missing`);
    else if (keyword === 'additionalProperties')
      for (const name of params['additionalProperties'] as string[])
        lines.add(`${instancePath}/${name} is not a field of a set-up`);
    else if (keyword === 'enum')
      lines.add(`${instancePath} must be one of: ${(params['allowedValues'] as unknown[]).join(', ')}`);
    else if (keyword !== 'boolean') lines.add(`${instancePath || '/'} ${message}`);
  }
  return [...lines].slice(0, mostLines);
}

function meaningFaults(setup: Setup, today: LocalDate): string[] {
  const faults: string[] = [];
  const zone = setup.city.timeZone;
  if (zone !== undefined && !isZone(zone))
    faults.push(
      `/city/timeZone is "${zone}", which is no time zone; it must be an IANA name such as Asia/Shanghai`,
    );
  const served = new Map<string, string>();
  for (const [i, company] of (setup.companies ?? []).entries()) {
    for (const [j, department] of company.departments.entries()) {
      for (const [k, { compound, since }] of department.serves.entries()) {
        const path = `/companies/${i}/departments/${j}/serves/${k}`;
        const before = served.get(compound);
        if (before !== undefined)
          faults.push(`${path}/compound "${compound}" is served already at ${before}`);
        served.set(compound, path);
        if (!isLocalDate(since))
          faults.push(`${path}/since is "${since}"; it must be a day such as 2024-01-31`);
        else if (since > today) faults.push(`${path}/since is ${since}; it must not lie in the future`);
      }
    }
  }
  for (const [i, { phone }] of (setup.staff ?? []).entries())
    if (normalisePhone(phone) === null)
      faults.push(`/staff/${i}/phone must be a mobile number of eleven digits`);
  return faults;
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Every query that can names its scope (rule 8): the policy is the backstop, not the filter. This reads the SQL in
 * the source: a statement on a tenant table must speak of a scope column, or be listed here with its reason.
 */
const root = join(import.meta.dirname, '..');
const tenantTable =
  /\b(?:from|join|into|update)\s+(places\.(?!scope\b|organisation\b|service_period\b)\w+|identity\.membership|work_orders\.(?!category\b)\w+|dispatch\.\w+|heating\.\w+|hotline\.\w+|open311\.\w+|sensing\.\w+|patrol\.\w+|prevention\.\w+|forms\.\w+|reports\.\w+|access\.\w+|telephony\.\w+|ledger\.\w+|metering\.\w+|billing\.\w+|payments\.\w+|platform\.(?!migration\b|consumer\b|throttle\b|message_)\w+)/;
const namesScope = /scope_id|within(?:Reach|Scope)\(|reach\w*\(|company_id = |street_id = |city_id = /i;

/** By file and the table it asks: why it cannot name a scope. What is claimed by `claimByScope` needs no mention. */
const exempt: Record<string, string> = {
  'platform/due/ground-floor.ts': 'the worker tidies up over all scopes',
  'modules/open311/due.ts': 'the worker forgets over all streets, one after the other',
  'modules/telephony/due.ts': 'the worker ends and forgets calls over all scopes',
  'platform/events/dispatcher.ts': 'the worker reads all events in their order',
  'platform/events/backlog.ts': 'the worker counts what waits, over all scopes',
  'platform/events/reading.ts': 'the worker reads all events in their order',
  'platform/notify/deliver.ts': 'the worker claims what is due, over all scopes',
  'platform/notify/queries.ts': "an account's own messages, wherever they come from",
  'platform/notify/routes.ts': "an account's own messages, wherever they come from",
  'modules/sensing/queries.ts#dueDevices': 'the worker claims what is due, over all scopes',
  'modules/sensing/queries-purge.ts#agedScopes': 'the worker tidies up over all scopes',
  'modules/access/queries-retention.ts': 'the worker destroys what is past its time, over all scopes',
  'modules/reports/queries.ts#dueReports': 'the worker looks for what is due, over all scopes',
  'modules/reports/queries.ts#expiredRuns': 'the worker tidies up over all scopes',
  'modules/prevention/queries-look.ts#compoundsToLookAt': 'the worker looks through all compounds',
  'modules/work-orders/queries-triage.ts#cityToTeach': 'the worker teaches all cities',
};

/**
 * Where tables are distributed, rows that come from a list are copied in, and a copy is refused under row-level security
 * unless the statement returns something or says what a conflict does.
 */
const isBareList = (text: string): boolean =>
  /\binsert into\b/i.test(text) &&
  /\b(?:unnest|jsonb?_to_recordset|jsonb?_populate_recordset)\(/i.test(text) &&
  !/\breturning\b|\bon conflict\b/i.test(text);

interface Found {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The text of every sql`…` in a file, with what is interpolated left in. */
export function statementsIn(source: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  for (let at = source.indexOf('sql`'); at >= 0; at = source.indexOf('sql`', at + 4)) {
    let depth = 0;
    let end = at + 4;
    for (; end < source.length; end++) {
      if (source[end] === '$' && source[end + 1] === '{') depth++;
      else if (source[end] === '}' && depth > 0) depth--;
      else if (source[end] === '`' && depth === 0) break;
    }
    found.push({ text: source.slice(at + 4, end), line: source.slice(0, at).split('\n').length });
  }
  return found;
}

/** A list of conditions that begins with the actor's reach or a scope, joined into the statement further down. */
const scopedList = /where(?:: Statement\[\])? = \[(?:scope === null \? )?within(?:Reach|Scope)\(/g;

function unscoped(file: string, source: string): Found[] {
  let lists = source.match(scopedList)?.length ?? 0;
  return (
    statementsIn(source)
      .filter(({ text }) => tenantTable.test(text) && !namesScope.test(text))
      // Each such list vouches for one statement.
      .filter(({ text }) => !(text.includes("${join(where, ' and ')}") && lists-- > 0))
      .map(({ text, line }) => ({ file, line, text: text.trim().slice(0, 120) }))
  );
}

describe('queries', () => {
  const files = globSync('**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

  it('name their scope', () => {
    const found = files
      .flatMap((file) => unscoped(file, readFileSync(join(root, file), 'utf8')))
      .filter(
        ({ file, text }) =>
          exempt[file] === undefined &&
          !(file === 'modules/sensing/queries.ts' && text.includes('w.due_at <=')) &&
          !(file === 'modules/patrol/queries.ts' && /look_at <= /.test(text)),
      )
      .filter(({ text }) => !/account_id = \$\{/.test(text));
    expect(found).toEqual([]);
  });

  it('that insert a list return something', () => {
    const found = files.flatMap((file) =>
      statementsIn(readFileSync(join(root, file), 'utf8'))
        .filter(({ text }) => isBareList(text))
        .map(({ text, line }) => ({ file, line, text: text.trim().slice(0, 120) })),
    );
    expect(found).toEqual([]);
    const planted = 'insert into work_orders.gram select * from unnest($1::uuid[])';
    expect([isBareList(planted), isBareList(`${planted} returning scope_id`)]).toEqual([true, false]);
  });

  it('are read at all, and a planted one without a scope is found', () => {
    const all = files.flatMap((file) => statementsIn(readFileSync(join(root, file), 'utf8')));
    expect(all.length).toBeGreaterThan(80);
    const planted =
      'const rows = q.query(sql`select * from work_orders.work_order o where o.number = ${number}`);';
    expect(unscoped('planted.ts', planted)).toHaveLength(1);
    expect(unscoped('planted.ts', planted.replace('where', 'where o.scope_id = ${scopeId} and'))).toEqual([]);
  });
});

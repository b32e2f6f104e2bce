/**
 * What answers told, by the name it stands under, so that later questions reach further than "there is no such thing":
 * ids under `gates.id`, scopes under `scopeId`, cursors, codes. One for each role and one for all.
 */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const mostPerName = 40;

export class Learned {
  readonly #values = new Map<string, string[]>();
  readonly #turn = new Map<string, number>();
  readonly versions = new Map<string, number>();
  /** Id → where it lies: most questions about a thing name its place too. */
  readonly scopes = new Map<string, string>();

  add(name: string, value: string): void {
    let values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, (values = []));
    if (values.includes(value)) return;
    if (values.length < mostPerName) values.push(value);
    else {
      const turn = this.#turn.get(name) ?? 0;
      values[turn % mostPerName] = value;
      this.#turn.set(name, turn + 1);
    }
  }

  /** `segment` is what the list was asked of: an id in it is one of these. */
  learn(answer: unknown, segment: string, askedIn: string | undefined): void {
    const visit = (node: unknown, under: string, depth: number): void => {
      if (depth > 6) return;
      if (Array.isArray(node)) {
        for (const part of node.slice(0, 30)) visit(part, under, depth + 1);
        return;
      }
      if (typeof node !== 'object' || node === null) return;
      const { id, version, scopeId } = node as Record<string, unknown>;
      if (typeof id === 'string') {
        if (Number.isInteger(version)) this.versions.set(id, version as number);
        const scope = typeof scopeId === 'string' ? scopeId : askedIn;
        if (scope !== undefined) this.scopes.set(id, scope);
      }
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && value.length <= 200) {
          if (key === 'id') this.add(`${under}.id`, value);
          else this.add(key, value);
        } else visit(value, key === 'items' || key === 'rows' ? under : key, depth + 1);
      }
    };
    visit(answer, segment, 0);
  }

  /** What may stand for `name`; `segment` is the part of an address before it. */
  find(name: string, segment: string): readonly string[] {
    const stem = name.replace(/Id$/, '');
    const names: string[] =
      name === 'id' ? [`${segment}.id`] : [name, `${stem}s.id`, `${stem}.id`, `${segment}.id`];
    if (name === 'cursor') names.unshift('nextCursor');
    for (const each of names) {
      const values = this.#values.get(each);
      if (values !== undefined && values.length > 0) return values;
    }
    return [];
  }

  anyId(pick: number): string | undefined {
    const all = [...this.#values.values()];
    if (all.length === 0) return undefined;
    const values = all[pick % all.length]!.filter((value) => uuid.test(value));
    return values[pick % (values.length || 1)];
  }
}

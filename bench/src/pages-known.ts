import type { Client, Json } from '../../test/server.ts';

/** Something of each kind that one sees; undefined where one sees none. */
export interface Known {
  readonly role: string;
  /** The compound that is asked about: the one of one's home or of one's work. */
  readonly compound: string | undefined;
  readonly compoundName: string | undefined;
  readonly street: string | undefined;
  readonly company: string | undefined;
  readonly building: string | undefined;
  /** One that was seen last, and one that is still to be done. */
  readonly order: Json;
  readonly openOrder: Json;
  readonly person: Json;
  readonly home: Json;
  readonly case: Json;
  readonly staff: Json;
}

/** The lists that each kind of person has of orders: what a desk looks through, what one reported, what one has in hand. */
const ownOrders: Readonly<Record<string, string>> = { resident: 'reporter=me', worker: 'assignee=me' };

/** Something of each kind that this role sees. */
export async function whatIsThere(client: Client): Promise<Known> {
  const items = async (path: string): Promise<readonly Json[]> => {
    const answer = await client.get(path);
    return answer.status === 200 ? (answer.body.items ?? []) : [];
  };
  const first = async (path: string): Promise<Json> => (await items(path))[0];
  const { acting } = (await client.get('/me')).body as Json;
  const own = acting.households[0];
  const ofMine = ownOrders[acting.role] ?? 'queue=all';
  const order = await first(`/work-orders?${ofMine}&limit=1`);
  const compounds: readonly Json[] = [
    ...acting.scopes.filter(({ kind }: Json) => kind === 'compound'),
    ...(await items('/places/scopes?kind=compound&limit=1')),
  ];
  const compound = own?.scopeId ?? compounds[0]?.id ?? order?.scopeId;
  return {
    role: acting.role,
    compound,
    compoundName: compounds.find(({ id }) => id === compound)?.name,
    street: (await first('/places/scopes?kind=street&limit=1'))?.id,
    company: (await first('/places/scopes?kind=company&limit=1'))?.id,
    building: (await first(`/places/scopes/${compound}/buildings`))?.id,
    order,
    openOrder: (await first('/work-orders?queue=open&sort=due&limit=1')) ?? order,
    person: await first('/people?limit=1'),
    home: own ?? (await first(`/places/scopes/${compound}/households?limit=1`)),
    case: await first('/hotline/cases?queue=all&limit=1'),
    staff: await first(`/staff?scopeId=${acting.scopeId}`),
  };
}

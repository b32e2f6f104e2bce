import { uuidv7 } from '@gongzhi/kernel';
import { Client, type Json } from '../test/server.ts';

/** Two forms before the compounds of the demonstration street: one question is theirs both, and some homes answered it. */

const TITLE = '楼道安全摸底表';
const asks = (label: string, more: Json = {}): Json => ({
  kind: 'question',
  label,
  type: 'yes_no',
  options: [],
  isRequired: true,
  validMonths: 12,
  ...more,
});
const known = (key: string): Json => ({ kind: 'known', key });

export const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

async function as(origin: string, personaId: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}

const dayAfter = (now: number, days: number): string =>
  new Date(now + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

export const formBody = (now: number, title: string, columns: readonly Json[]): Json => ({
  expectedVersion: 0,
  revisesId: null,
  title,
  authority: '街道平安办',
  documentNo: '街安办〔2026〕8号',
  subject: 'home',
  periodFrom: dayAfter(now, -30),
  periodTo: dayAfter(now, 0),
  dueOn: dayAfter(now, 10),
  columns,
});

async function publishes(street: Client, body: Json): Promise<string> {
  const id = uuidv7(Date.now());
  const { version } = ok(await street.send('PUT', `/forms/${id}`, body));
  ok(await street.post(`/forms/${id}/commands`, { action: 'publish', expectedVersion: version }));
  return id;
}

export interface Forms {
  readonly draftId: string;
  readonly formId: string;
  /** Before a compound of the committee's. */
  readonly scopeId: string;
  /** Handed over, and waits for the street. */
  readonly handedId: string;
}

/** Laid out once, whoever looks first. */
export async function someForms(origin: string, now: number): Promise<Forms> {
  const street = await as(origin, 'street');
  const committee = await as(origin, 'committee');
  const all: Json[] = ok(await street.get('/forms?limit=50')).items;
  const tasksOf = async (formId: string): Promise<Json[]> =>
    ok(await committee.get(`/forms/tasks?formId=${formId}&limit=50`)).items;
  const found = (title: string): Json => all.find((form) => form.title === title);
  const first = found(TITLE);
  const draft = found('养犬登记表');
  const handed = found('小区基本情况表');
  if (first !== undefined && draft !== undefined && handed !== undefined) {
    const [task] = await tasksOf(first.id);
    return { draftId: draft.id, formId: first.id, scopeId: task.scopeId, handedId: handed.id };
  }
  const question = asks('楼道有无堆物');
  const before = await publishes(street, formBody(now, '消防通道检查表', [known('home.label'), question]));
  const [task] = await tasksOf(before);
  const { scopeId } = task;
  const rows: Json[] = ok(
    await committee.get(`/forms/tasks/${before}/rows?scopeId=${scopeId}&limit=8`),
  ).items;
  ok(
    await committee.send('PUT', `/forms/tasks/${before}/answers?scopeId=${scopeId}`, {
      answers: rows.map(({ id }, i) => ({
        subjectId: id,
        key: '楼道有无堆物',
        value: i % 3 === 0 ? 'yes' : 'no',
        replaces: null,
      })),
      isCorrection: false,
    }),
  );
  const formId = await publishes(
    street,
    formBody(now, TITLE, [
      known('home.label'),
      known('home.owner'),
      known('home.area'),
      question,
      asks('充电方式', { type: 'choice', options: ['充电棚', '换电柜', '没有电动车'] }),
      asks('备用钥匙存放', { type: 'text', isRequired: false }),
    ]),
  );
  const handedId = await publishes(street, {
    ...formBody(now, '小区基本情况表', [
      known('compound.homes'),
      known('compound.lifts'),
      asks('有无值班室'),
    ]),
    subject: 'compound',
  });
  const at = `/forms/tasks/${handedId}`;
  const query = `?scopeId=${scopeId}`;
  ok(
    await committee.send('PUT', `${at}/answers${query}`, {
      answers: [{ subjectId: scopeId, key: '有无值班室', value: 'yes', replaces: null }],
      isCorrection: false,
    }),
  );
  ok(await committee.post(`${at}/submission${query}`, { expectedVersion: 1 }));
  const draftId = uuidv7(Date.now());
  ok(
    await street.send(
      'PUT',
      `/forms/${draftId}`,
      formBody(now, '养犬登记表', [known('home.label'), known('home.owner'), asks('是否养犬')]),
    ),
  );
  return { draftId, formId, scopeId, handedId };
}

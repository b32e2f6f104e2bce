import { Client } from '../test/server.ts';
import { job, opened, order, phone, press, type Stop } from './stops.ts';
import { until } from './until.ts';

/** Water on the floor of the worker's own compound: everybody who can mend it is asked at once. */
async function anOffer(origin: string): Promise<void> {
  const desk = new Client(origin);
  desk.keep(await desk.post('/auth/sessions', { personaId: 'desk' }));
  const worker = new Client(origin);
  worker.keep(await worker.post('/auth/sessions', { personaId: 'worker' }));
  const [order] = (await desk.get('/work-orders?limit=1&queue=open')).body.items;
  const body = {
    scopeId: order.scopeId,
    categoryCode: 'water.burst',
    description: '地下室水管爆了，水正往外喷',
    place: { type: 'public', spot: '地下室' },
  };
  if ((await worker.get('/dispatch/offers')).body.items.length > 0) return;
  const reported = await desk.post('/work-orders', body);
  if (reported.status !== 201) throw new Error(`the burst pipe answered ${reported.status}`);
  await until('somebody is asked', async () => (await worker.get('/dispatch/offers')).body.items.length > 0);
}

/** A firm from outside is sent a link for one job; taken on, unless it is only shown. */
async function contractorJob(origin: string, isTaken: boolean): Promise<string> {
  const desk = new Client(origin);
  desk.keep(await desk.post('/auth/sessions', { personaId: 'desk' }));
  const [order] = (await desk.get('/work-orders?limit=1&queue=open')).body.items;
  const path = `/work-orders/${order.id}`;
  const { version } = (await desk.get(`${path}?scopeId=${order.scopeId}`)).body;
  const { sheet } = (
    await desk.post(`${path}/working?scopeId=${order.scopeId}`, {
      action: 'invite_contractor',
      contractor: '宏固外墙工程队',
      task: '检查东墙,拆下松动的瓷砖,先围挡',
      days: 3,
      contactPurpose: '约进门的时间',
      expectedVersion: version,
    })
  ).body;
  const link = await desk.get(
    `${path}/contractor-links/${sheet.contractors.at(-1).id}?scopeId=${order.scopeId}`,
  );
  if (isTaken)
    await new Client(origin).post(`/jobs/${link.body.path.split('/').at(-1)}`, { action: 'accept' });
  return link.body.path;
}
const contractor =
  (isTaken: boolean): Stop['open'] =>
  async (page, say) => {
    await page.goto(await contractorJob(new URL(page.url()).origin, isTaken));
    await page.getByText(say('mobile.job.what')).waitFor();
  };

/** However narrow the screen and large the type: a home's number stands on one line, or another home is read. */
const numberIsWhole: Stop['open'] = async (page) => {
  const broken = await page.evaluate<string[]>(`(() => {
    const text = document.querySelector('#job-place').firstChild;
    return [...text.data.matchAll(/\\d+/g)]
      .filter(({ 0: digits, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + digits.length);
        return range.getClientRects().length > 1;
      })
      .map(([digits]) => digits);
  })()`);
  if (broken.length > 0) throw new Error(`broken across lines: ${broken.join(', ')}`);
};

/** What a worker and a firm from outside have in hand. */
export const workPhonePages: readonly Stop[] = [
  phone('a contractor invited', null, '/sign-in', contractor(false)),
  phone('a contractor at work', null, '/sign-in', contractor(true)),
  phone('work', 'worker', '/work'),
  phone('work, of a guard', 'guard', '/work'),
  phone("a worker's ratings", 'worker', '/work/ratings'),
  phone('a job assigned', 'worker', job('assigned')),
  phone('a job assigned, refusing', 'worker', job('assigned'), press('actions.refuse')),
  phone('a job in hand, where it is', 'worker', job('inHand'), numberIsWhole),
  phone('a job in hand, passing it on', 'worker', job('inHand'), press('actions.transfer')),
  phone('a job in hand, pausing', 'worker', job('inHand'), press('actions.pause')),
  phone('a job in hand, finishing', 'worker', job('inHand'), press('actions.finish')),
  phone('a job in hand, what it costs', 'worker', job('inHand'), opened('mobile.working.charge')),
  phone('a job in hand, who helps', 'worker', job('inHand'), opened('mobile.working.crew')),
  phone('a job in hand, ordering a part', 'worker', job('inHand'), opened('mobile.working.parts')),
  phone('a job in hand, the next visit', 'worker', job('inHand'), opened('mobile.working.visits')),
  phone('work, asked to take something', 'worker', '/work', async (page, say) => {
    await anOffer(new URL(page.url()).origin);
    await page.reload();
    await page
      .getByRole('button', { name: say('mobile.offer.take') })
      .first()
      .waitFor();
  }),
  phone('hand-over', 'worker', '/handover'),
  phone("a worker's order", 'worker', order('inHand')),
  phone("a worker's messages", 'worker', '/messages'),
];

import { afterAll, beforeEach, expect, test } from 'vitest';
import { openPostOffice } from './fixtures.ts';

/** Rows that nothing can be made of stand among others that are to go out. */
const office = await openPostOffice();
const { floor, aReader, phones, tell, run, deliveries, wish, confirmed } = office;
let { sms, mail } = office.begin();
beforeEach(() => {
  ({ sms, mail } = office.begin());
  floor.logged.length = 0;
});
afterAll(() => office.close());

const lines = () => floor.logged.filter((line) => line.includes('delivery cannot be put into words'));
const reasonOf = async (notificationId: string) =>
  (
    await floor.admin.query<{ last_error: string | null }>(
      'select last_error from platform.delivery where notification_id = $1 order by created_at, delivery_id',
      [notificationId],
    )
  ).rows.map(({ last_error: reason }) => reason);

test('a phone that does not open is tried again by itself; the others’ messages go out', async () => {
  const broken = aReader();
  phones.set(broken.acting.accountId, { phone: null, locale: 'zh-CN' });
  const [before, lost, after] = [await tell(aReader()), await tell(broken), await tell(aReader())];
  await run();
  expect(await deliveries(before)).toEqual(['sms sent 1']);
  expect(await deliveries(after)).toEqual(['sms sent 1']);
  expect(await deliveries(lost)).toEqual(['sms waiting 1']);
  expect(await reasonOf(lost)).toEqual(['unreadable']);
  expect(sms.got).toHaveLength(2);
  // The process is given the key with which another one sealed it.
  phones.set(broken.acting.accountId, { phone: '13800000007', locale: 'zh-CN' });
  floor.clock.advance(60_000);
  await run();
  expect(await deliveries(lost)).toEqual(['sms sent 2']);
  expect(sms.got).toHaveLength(3);
});

test('one that never opens is given up after the last repetition', async () => {
  const broken = aReader();
  phones.set(broken.acting.accountId, { phone: null, locale: 'zh-CN' });
  const lost = await tell(broken);
  for (const wait of [0, 60_000, 300_000, 1_800_000, 7_200_000, 7_200_000]) {
    floor.clock.advance(wait);
    await run();
  }
  expect(await deliveries(lost)).toEqual(['sms failed 5']);
  expect(await reasonOf(lost)).toEqual(['unreadable']);
  expect(lines()).toHaveLength(5);
});

test('an address that does not open gives way to the next channel', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  await wish(who, { channels: ['mail', 'sms'] });
  await floor.admin.query('update platform.message_address set address_cipher = $2 where account_id = $1', [
    who.acting.accountId,
    Buffer.alloc(64, 1),
  ]);
  const lost = await tell(who);
  const other = await tell(aReader());
  await run();
  expect(await deliveries(lost)).toEqual(['mail waiting 1']);
  floor.clock.advance(60_000);
  await run();
  expect(await deliveries(lost)).toEqual(['mail failed 2', 'sms sent 1']);
  expect(await reasonOf(lost)).toEqual(['unreadable', null]);
  expect(await deliveries(other)).toEqual(['sms sent 1']);
  expect(mail.got).toEqual([]);
  expect(lines()).toHaveLength(2);
});

test('what cannot be said fails by itself as well', async () => {
  const lost = await tell(aReader());
  const other = await tell(aReader());
  await floor.admin.query("update platform.notification set params = 'null' where notification_id = $1", [
    lost,
  ]);
  await run();
  expect(await deliveries(lost)).toEqual(['sms failed 1']);
  expect(await reasonOf(lost)).toEqual(['unworded']);
  expect(await deliveries(other)).toEqual(['sms sent 1']);
});

test('a link that is none is left out', async () => {
  const told = await tell(aReader());
  await floor.admin.query("update platform.notification set link = 'http://[' where notification_id = $1", [
    told,
  ]);
  await run();
  expect(await deliveries(told)).toEqual(['sms sent 1']);
  expect(sms.got.at(-1)).toMatchObject({ url: null });
});

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

test('a phone that does not open fails by itself, once; the others’ messages go out', async () => {
  const broken = aReader();
  phones.set(broken.acting.accountId, { phone: null, locale: 'zh-CN' });
  const [before, lost, after] = [await tell(aReader()), await tell(broken), await tell(aReader())];
  await run();
  expect(await deliveries(before)).toEqual(['sms sent 1']);
  expect(await deliveries(after)).toEqual(['sms sent 1']);
  expect(await deliveries(lost)).toEqual(['sms failed 1']);
  expect(await reasonOf(lost)).toEqual(['unreadable']);
  expect(sms.got).toHaveLength(2);
  floor.clock.advance(7_200_000);
  await run();
  expect(await deliveries(lost)).toEqual(['sms failed 1']);
  expect(lines()).toHaveLength(1);
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
  expect(await deliveries(lost)).toEqual(['mail failed 1', 'sms sent 1']);
  expect(await reasonOf(lost)).toEqual(['unreadable', null]);
  expect(await deliveries(other)).toEqual(['sms sent 1']);
  expect(mail.got).toEqual([]);
  expect(lines()).toHaveLength(1);
});

test('a link that is none fails by itself as well', async () => {
  const lost = await tell(aReader());
  const other = await tell(aReader());
  await floor.admin.query("update platform.notification set link = 'http://[' where notification_id = $1", [
    lost,
  ]);
  await run();
  expect(await deliveries(lost)).toEqual(['sms failed 1']);
  expect(await reasonOf(lost)).toEqual(['unworded']);
  expect(await deliveries(other)).toEqual(['sms sent 1']);
});

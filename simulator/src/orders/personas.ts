import { DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { personas } from '../data/staff.ts';
import { delegateParty, type FamilyConsent } from '../people/family.ts';
import type { Random } from '../random.ts';
import { type Crew, type Ground, type Hand, handFor } from './crews.ts';
import type { Life, Party, Stage } from './life.ts';
import { drawnReport, open, type Opening, reportOf, takeTo } from './scripts.ts';

interface Cast {
  readonly worker: Hand;
  readonly resident: Party;
  readonly neighbour: Party;
  readonly consent: FamilyConsent;
}

/** What those find whom a visitor can be: each something of their own that waits for the next tap. */
export function* personaOrders(
  stage: Stage,
  crew: Crew,
  ground: Ground,
  { worker, resident, neighbour, consent }: Cast,
  random: Random,
): Generator<Life> {
  const { now } = stage;
  const desk = crew.desks.find((d) => d.name === personas.find((p) => p.id === 'desk')!.name)!;
  const homeOf = (who: Party) => ground.members.find((m) => m.account.id === who.accountId)!.household;
  const none = { accountIds: new Set([resident.accountId!, neighbour.accountId!]) };
  const start = (opening: Omit<Opening, 'stage' | 'crew' | 'random' | 'desk'>) =>
    open({ stage, crew, random, desk, ...opening });
  const by = (who: Party, code: string, at: number, words: string) =>
    reportOf(crew, ground, code, at, who, homeOf(who), words, random);

  // The resident: somebody is on the way, somebody has finished and asks, and one is long mended.
  const other = handFor(crew, 'plumbing', now, random, worker);
  const onTheWay = start({
    report: by(
      resident,
      'water.leak.home',
      now - 34 * MINUTE,
      '厨房洗菜盆下面漏水，拿盆接着呢，滴得越来越快，小阀门关了也没用，麻烦师傅带根软管来。',
    ),
    hand: other,
    photos: 2,
  });
  takeTo(onTheWay, 'departed', now - 6 * MINUTE, stage, random);
  yield onTheWay.life;

  const electrician = handFor(crew, 'electrical', now, random);
  const asked = start({
    report: by(
      resident,
      'power.trip',
      now - 22 * HOUR,
      '一开电热水器就跳闸，推上去几分钟又跳，请电工来看看线路。',
    ),
    hand: electrician,
  });
  takeTo(asked, 'finished', now - 20 * HOUR, stage, random);
  yield asked.life;

  const mended = start({
    report: by(resident, 'water.toilet', now - 16 * DAY, '马桶水箱一直流水停不住，夜里响得睡不着。'),
    hand: worker,
  });
  takeTo(mended, 'finished', now - 16 * DAY + 95 * MINUTE, stage, random);
  mended.life.act(mended.life.at + 3 * HOUR, resident, { action: 'confirm' });
  mended.life.act(mended.life.at + MINUTE, resident, {
    action: 'rate',
    score: 'satisfied',
    words: '李师傅来得快，一次就修好了，还教我怎么调水位。',
  });
  yield mended.life;

  const upstairs = start({
    report: by(neighbour, 'water.drain', now - 23 * DAY, '厨房下水道堵了，一放水就返上来，怕淹到楼下。'),
    hand: worker,
  });
  takeTo(upstairs, 'finished', now - 23 * DAY + 100 * MINUTE, stage, random);
  upstairs.life.act(upstairs.life.at + 5 * HOUR, neighbour, { action: 'confirm' });
  upstairs.life.act(upstairs.life.at + MINUTE, neighbour, {
    action: 'rate',
    score: 'satisfied',
    words: null,
  });
  yield upstairs.life;

  // The plumber: one in hand, the next just assigned.
  const inHand = start({
    report: drawnReport(crew, ground, 'water.drain', now - 70 * MINUTE, random, none),
    hand: worker,
  });
  takeTo(inHand, 'in_progress', now - 24 * MINUTE, stage, random);
  yield inHand.life;
  const next = start({
    report: drawnReport(crew, ground, 'water.leak.home', now - 9 * MINUTE, random, none),
    hand: worker,
    photos: 1,
  });
  takeTo(next, 'assigned', now - 4 * MINUTE, stage, random);
  yield next.life;

  // The daughter: one thing at her mother's is done and asks for a word, another waits for its turn.
  const daughter = delegateParty(consent);
  const forMother = (code: string, at: number, words: string) => ({
    ...reportOf(crew, ground, code, at, daughter, consent.household, words, random),
    contact: { name: consent.delegate.name, phone: consent.delegate.phone },
  });
  const tap = start({
    report: forMother(
      'water.tap',
      now - 26 * HOUR,
      '我妈家厨房水龙头关不紧，一直滴，老人拧不动，请师傅换一个好拧的。她耳朵背，敲门请多等一会儿。',
    ),
    hand: other,
  });
  takeTo(tap, 'finished', now - 23 * HOUR, stage, random);
  yield tap.life;
  const lamp = start({
    report: forMother('power.socket', now - 18 * MINUTE, '妈妈卧室床头的插座没电了，晚上起夜没有灯。'),
    hand: electrician,
  });
  takeTo(lamp, 'assigned', now - 11 * MINUTE, stage, random);
  yield lamp.life;

  for (const life of [tap, lamp, onTheWay, asked, mended, upstairs, inHand, next]) life.life.finish();
}

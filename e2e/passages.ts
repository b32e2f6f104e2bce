import { addDays, localDate } from '@gongzhi/kernel';
import { Actor } from '../simulator/src/morning/actor.ts';
import { playPasses } from '../simulator/src/morning/passages.ts';

/**
 * Guests, parcels, a van and a list, as the demonstration has them; brought about once, by its own people. Answers
 * in which compound.
 */
export async function somePasses(origin: string): Promise<string> {
  const enter = (persona: string) => Actor.enter(origin, persona, () => {});
  const resident = await enter('resident');
  const me = await resident.get<{ acting: { scopeId: string } }>('/me');
  const { items } = await resident.get<{ items: unknown[] }>(
    `/access/invitations?scopeId=${me.acting.scopeId}`,
  );
  if (items.length > 0) return me.acting.scopeId;
  const [neighbour, desk, manager] = [await enter('neighbour'), await enter('desk'), await enter('manager')];
  await playPasses({
    resident,
    neighbour,
    desk,
    manager,
    now: Date.now,
    day: (ahead) => addDays(localDate(Date.now()), ahead),
  });
  return me.acting.scopeId;
}

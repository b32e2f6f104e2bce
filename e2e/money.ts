import { Actor } from '../simulator/src/morning/actor.ts';
import { playAccounts } from '../simulator/src/morning/accounts.ts';

/** A compound's accounts as the demonstration's morning plays them: entered, published, corrected once; in which compound. */
export async function someAccounts(url: string): Promise<string> {
  const [manager, resident] = [
    await Actor.enter(url, 'manager', () => {}),
    await Actor.enter(url, 'resident', () => {}),
  ];
  return playAccounts({ manager, resident, now: () => Date.now(), pass: () => {} });
}

import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { readAttempt, type SaidAttempt } from './domain.ts';
import type { Decided, Refused, Sender } from './service-arrivals.ts';
import type { Door } from './service-door.ts';
import { type Intake, Overwhelmed } from './service-intake.ts';

/** Checks as whoever asks them says them, whichever way they came. */

export async function takeChecks(
  house: House,
  intake: Intake,
  from: Sender,
  gateId: string,
  checks: readonly SaidAttempt[],
): Promise<(Decided | Refused)[]> {
  const receivedAt = house.clock.now().getTime();
  const startedAt = performance.now();
  try {
    return await Promise.all(
      checks.map((said) =>
        intake.take({
          from,
          gateId,
          attempt: readAttempt(said),
          receivedAt,
          startedAt,
          answer: null,
          override: null,
          offline: null,
        }),
      ),
    );
  } catch (error) {
    // Nothing is known of them: the same numbers are to be sent again.
    if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 1 });
    throw error;
  }
}

const isUrgent = (said: SaidAttempt): boolean => readAttempt(said).urgent !== null;

/** Who waits for an ambulance waits for no limit: what comes with an urgent trip counts against none. */
export function admitChecks(door: Door, who: string, checks: readonly SaidAttempt[]): void {
  if (!checks.some(isUrgent)) door.admit(who, checks.length);
}

const tooManyGuesses = () => new Problem('access.too_many', { retryAfterSeconds: 10 });

/** An urgent trip passes whoever it is: with too many digits guessed nobody is looked up by them. */
const withoutClaim = ({ text: _, code: __, card: ___, plate: ____, ...said }: SaidAttempt): SaidAttempt =>
  said;

/** Of a device with a key of its own. The batch proves the key; here is what a device may not do. */
export async function takeDeviceChecks(
  house: House,
  intake: Intake,
  door: Door,
  { from, gateId }: { readonly from: Sender; readonly gateId: string },
  address: string,
  checks: readonly SaidAttempt[],
): Promise<(Decided | Refused)[]> {
  const deviceId = from.deviceId!;
  admitChecks(door, deviceId, checks);
  // A device has nothing to look people up with: that is a person's to do.
  if (checks.some(({ passId }) => passId !== undefined))
    throw new Problem('validation.failed', {}, [{ path: '/checks', code: 'unknown_field', params: {} }]);
  const guesses = checks.map((said) => readAttempt(said).claim.way === 'six_digits');
  const isDeaf = guesses.includes(true) && !door.mayGuess(deviceId);
  if (isDeaf && !checks.some(isUrgent)) throw tooManyGuesses();
  const heard = isDeaf ? checks.map((said, i) => (guesses[i] ? withoutClaim(said) : said)) : checks;
  const taken = await takeChecks(house, intake, from, gateId, heard);
  taken.forEach((one, i) => {
    if (!isDeaf && guesses[i] && one.kind === 'decided' && one.passId === null) door.guessed(deviceId);
  });
  if (taken.some((one) => one.kind === 'refused' && one.fault === 'credentials_wrong')) {
    door.failed(address);
    throw new Problem('access.credentials_wrong');
  }
  if (taken.some((one) => one.kind === 'refused' && one.fault === 'gate_moved')) {
    // It hangs elsewhere since: sent again, it speaks for its new gate.
    door.moved(deviceId);
    throw new Problem('unavailable', { retryAfterSeconds: 1 });
  }
  return taken;
}

import type { CodeColour, HealthFacts } from '@gongzhi/gate';
import { HOUR } from '@gongzhi/kernel';

/** Of a hundred people some have a yellow code, few a red one: the same of the same reference, all of it made up. */
export function demonstrationFacts(reference: string, now: number): HealthFacts {
  let mix = 0x811c9dc5;
  for (let i = 0; i < reference.length; i++) mix = Math.imul(mix ^ reference.charCodeAt(i), 0x01000193) >>> 0;
  mix = Math.imul(mix ^ (mix >>> 15), 0x2c1b3c6d) >>> 0;
  mix = (mix ^ (mix >>> 12)) >>> 0;
  const of100 = mix % 100;
  const colour: CodeColour = of100 < 94 ? 'green' : of100 < 97 ? 'yellow' : of100 < 98 ? 'red' : 'none';
  const sampledAt = now - (4 + ((mix >>> 8) % 64)) * HOUR;
  return {
    code: { colour, asOf: now },
    test: { result: 'negative', sampledAt, resultAt: sampledAt + 6 * HOUR },
    vaccination: { doses: (mix >>> 16) % 10 === 0 ? 1 : 3, lastOn: null },
    travel: { stays: [], enteredCountryOn: null, hasTimeSpaceLink: false, isFromBorderCounty: false },
  };
}

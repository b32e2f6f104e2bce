import type { CodeColour, HealthFacts } from '@gongzhi/gate';
import { applies } from '@gongzhi/gate';
import { HOUR, type Instant, localDate } from '@gongzhi/kernel';

/** What somebody says of themselves to the service. */
export interface HealthDeclaration {
  /** Tenths of a degree Celsius; null: not measured. */
  readonly temperatureTenths: number | null;
  readonly hasSymptoms: boolean;
  readonly wasInRiskArea: boolean;
}

/** From this on a fever is one, for the demonstration's service: Jilin's figure (rules.md section 3). */
const FEVER_TENTHS = 373;

/**
 * Of a hundred people some have a yellow code, few a red one, some none before they have said how they are: the same of
 * the same reference, all of it made up.
 */
export function demonstrationFacts(
  reference: string,
  now: number,
  declared: HealthDeclaration | null = null,
): HealthFacts {
  let mix = 0x811c9dc5;
  for (let i = 0; i < reference.length; i++) mix = Math.imul(mix ^ reference.charCodeAt(i), 0x01000193) >>> 0;
  mix = Math.imul(mix ^ (mix >>> 15), 0x2c1b3c6d) >>> 0;
  mix = (mix ^ (mix >>> 12)) >>> 0;
  const of100 = mix % 100;
  const known: CodeColour = of100 < 94 ? 'green' : of100 < 97 ? 'yellow' : of100 < 98 ? 'red' : 'none';
  const sampledAt = now - (4 + ((mix >>> 8) % 64)) * HOUR;
  const stays = declared?.wasInRiskArea
    ? [{ level: 'medium' as const, leftOn: localDate(now, 'Asia/Shanghai') }]
    : [];
  return {
    code: { colour: declared === null ? known : colourOf(known, declared), asOf: now },
    test: { result: 'negative', sampledAt, resultAt: sampledAt + 6 * HOUR },
    vaccination: { doses: (mix >>> 16) % 10 === 0 ? 1 : 3, lastOn: null },
    travel: { stays, enteredCountryOn: null, hasTimeSpaceLink: false, isFromBorderCounty: false },
  };
}

/** Nobody talks a red code green; whoever had none has one. */
function colourOf(known: CodeColour, declared: HealthDeclaration): CodeColour {
  const { temperatureTenths, hasSymptoms, wasInRiskArea } = declared;
  const isUnwell = hasSymptoms || wasInRiskArea || (temperatureTenths ?? 0) >= FEVER_TENTHS;
  if (known === 'red') return 'red';
  return isUnwell || known === 'yellow' ? 'yellow' : 'green';
}

interface AskingMeasure {
  readonly buildingId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly checks: { readonly health_code?: unknown };
}

/** The measure because of which somebody's phone may show their health code: the one that stands longest. Null: none asks. */
export function measureThatAsks<M extends AskingMeasure>(
  measures: readonly M[],
  homeBuildingId: string | null,
  now: Instant,
): M | null {
  const asking = measures.filter(
    ({ buildingId, startsAt, endsAt, checks }) =>
      checks.health_code !== undefined &&
      applies({ buildingId, from: startsAt.getTime(), to: endsAt.getTime() }, now, null, homeBuildingId),
  );
  return asking.toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())[0] ?? null;
}

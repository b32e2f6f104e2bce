import type { HealthFacts, RiskLevel } from '@gongzhi/gate';
import type { LocalDate } from '@gongzhi/kernel';

/** The last day somebody was in a place of risk or abroad, as far as is known; one return from there is followed up once. */
export function lastAtRisk(travel: HealthFacts['travel'], levels: readonly RiskLevel[]): LocalDate | null {
  if (travel === null) return null;
  const days = travel.stays.filter(({ level }) => levels.includes(level)).map(({ leftOn }) => leftOn);
  if (travel.enteredCountryOn !== null) days.push(travel.enteredCountryOn);
  return days.reduce<LocalDate | null>((last, day) => (last === null || day > last ? day : last), null);
}

import { useMemo } from 'react';
import { type Text, useText } from '../../app/text.ts';
import type { Checks, Measure } from './api.ts';

/** A measure's checks as sentences: what people will meet. */
export function checkLines({ t }: Pick<Text, 't'>, checks: Checks): string[] {
  const hard = (outcome: 'pass_report' | 'refer' | 'refuse'): string => t(`gates.measures.hard.${outcome}`);
  const { temperature, health_code, test, vaccination, travel, list, mask, capacity, vehicle } = checks;
  const lines: string[] = [];
  if (temperature !== undefined) {
    const params = { degrees: temperature.limitTenths / 10, outcome: hard(temperature.otherwise) };
    const isAt = temperature.counts === 'at_limit';
    lines.push(isAt ? t('gates.measures.temperature', params) : t('gates.measures.temperatureAbove', params));
  }
  if (health_code !== undefined)
    lines.push(
      t('gates.measures.health_code', {
        yellow: hard(health_code.yellow),
        red: hard(health_code.red),
        popup: hard(health_code.popup),
      }),
    );
  if (test !== undefined)
    lines.push(t('gates.measures.test', { hours: test.withinHours, outcome: hard(test.otherwise) }));
  if (vaccination !== undefined)
    lines.push(
      t('gates.measures.vaccination', { doses: vaccination.doses, outcome: hard(vaccination.otherwise) }),
    );
  if (travel !== undefined)
    lines.push(t('gates.measures.travel', { days: travel.withinDays, outcome: hard(travel.otherwise) }));
  if (list !== undefined) lines.push(t('gates.measures.list', { outcome: hard(list.otherwise) }));
  if (mask !== undefined) lines.push(t('gates.measures.mask', { outcome: hard(mask.otherwise) }));
  if (capacity !== undefined)
    lines.push(t('gates.measures.capacity', { most: capacity.most, outcome: hard(capacity.otherwise) }));
  if (vehicle !== undefined) lines.push(t('gates.measures.vehicle', { outcome: hard(vehicle.otherwise) }));
  return lines;
}

/** What a measure allows beside its checks. */
export function allowedLines(
  { t }: Pick<Text, 't'>,
  { tracing, followUp }: Pick<Measure, 'tracing' | 'followUp'>,
): string[] {
  return [
    ...(followUp === null
      ? []
      : [t('gates.measures.followUp', { days: followUp.days, hours: followUp.awayHours })]),
    ...(tracing ? [t('gates.measures.tracing')] : []),
  ];
}

export function useMeasureWords() {
  const text = useText();
  return useMemo(
    () => ({
      checks: (checks: Checks) => checkLines(text, checks),
      allowed: (measure: Pick<Measure, 'tracing' | 'followUp'>) => allowedLines(text, measure),
    }),
    [text],
  );
}

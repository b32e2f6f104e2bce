import type { Tone } from '@gongzhi/ui';
import { useMemo } from 'react';
import { type Text, useText } from '../../app/text.ts';
import type { Alarm, Device, SensorRule } from './api.ts';

/** What devices and rules say, in words. */

export const toneOfDevice: Record<Device['state'], Tone> = {
  alarm: 'late',
  silent: 'due',
  never: 'waiting',
  ok: 'done',
  retired: 'waiting',
};

export const STATE_KINDS: ReadonlySet<Device['kind']> = new Set(['water', 'lift', 'gate', 'smoke']);

export function toneOfAlarm(alarm: Alarm): Tone {
  if (alarm.endedAt !== null) return 'done';
  return alarm.clearedAt === null ? 'late' : 'moving';
}

export interface SensingWords {
  value(kind: Device['kind'], value: number): string;
  rule(code: string): string;
  raise(rule: SensorRule): string;
  clear(rule: SensorRule): string;
  outcome(alarm: Alarm): string;
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function wordsOf({ t, tk, locale, duration }: Text): SensingWords {
  const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const span = (seconds: number): string => duration(seconds * 1_000);
  const value = (kind: Device['kind'], number: number): string => {
    if (STATE_KINDS.has(kind)) return tk(`sensing.${number >= 0.5 ? 'on' : 'off'}.${kind}`);
    const written = fine.format(number);
    if (kind === 'pump') return t('sensing.pressure', { value: written });
    return kind === 'thermometer' ? t('sensing.degrees', { value: written }) : written;
  };
  return {
    value,
    rule: (code) => tk(`sensing.rules.${code}`, {}, 'sensing.rules.other'),
    raise({ kind, condition, forSeconds, isActive, quiet }) {
      if (!isActive) return t('sensing.rule.off');
      const night =
        quiet === null
          ? ''
          : ` · ${t('sensing.rule.quiet', { from: clock(quiet.from), to: clock(quiet.to) })}`;
      if (condition.is === 'silent')
        return (
          t('sensing.rule.silent', {
            time: span(condition.afterSeconds),
            gone: span(condition.goneAfterSeconds),
          }) + night
        );
      const time = span(forSeconds);
      if (STATE_KINDS.has(kind)) {
        const state = value(kind, condition.raiseAt);
        const words =
          forSeconds === 0 ? t('sensing.rule.stateNow', { state }) : t('sensing.rule.state', { state, time });
        return words + night;
      }
      return t(`sensing.rule.${condition.is}`, { value: value(kind, condition.raiseAt), time }) + night;
    },
    clear({ kind, condition, clearForSeconds, isActive }) {
      if (!isActive) return '';
      const time = span(clearForSeconds);
      return condition.is === 'silent' || STATE_KINDS.has(kind)
        ? t('sensing.rule.clearedFor', { time })
        : t('sensing.rule.clearedAt', { value: value(kind, condition.clearAt), time });
    },
    outcome({ endedAt, endedHow, clearedAt }) {
      if (endedAt === null) return t(clearedAt === null ? 'sensing.open' : 'sensing.cleared');
      return t(endedHow === 'cleared' ? 'sensing.endedSelf' : 'sensing.endedPeople');
    },
  };
}

export function useSensingWords(): SensingWords {
  const text = useText();
  return useMemo(() => wordsOf(text), [text]);
}

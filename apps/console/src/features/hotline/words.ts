import { parseIso, toIso } from '@gongzhi/kernel/time.ts';
import type { Tone } from '@gongzhi/ui';
import type { Text } from '../../app/text.ts';
import type { HotlineCase } from './api.ts';

const tones: Readonly<Record<HotlineCase['status'], Tone>> = {
  received: 'waiting',
  signed: 'moving',
  handling: 'moving',
  objected: 'due',
  hanging: 'waiting',
  answered: 'due',
  replied: 'moving',
  closed: 'done',
};
export const toneOf = (status: HotlineCase['status']): Tone => tones[status];

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A server's parameters as a person reads them: instants as times, what was chosen by its name. */
function readable(
  kind: string,
  params: Readonly<Record<string, unknown>>,
  text: Text,
  now: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (name === 'step' || name === 'how') return [name, text.tk(`hotline.${name}.${value}`)];
      if (name === 'ground')
        return [name, text.tk(`hotline.${kind === 'objected' ? 'objection' : 'ground'}.${value}`)];
      return [name, ISO.test(value) ? text.when(value, now) : value];
    }),
  );
}

/** A line of a case's story as a sentence. */
export function eventWords(event: HotlineCase['events'][number], text: Text, now: number): string {
  const kind = event.kind.replace('hotline_case.', '');
  const actor = event.actorName ?? text.t('roles.system');
  const { note, isApproved } = event.params;
  const variant =
    (kind === 'passed' || kind === 'contacted') && typeof note === 'string'
      ? '.noted'
      : typeof isApproved === 'boolean'
        ? `.${isApproved ? 'approved' : 'refused'}`
        : '';
  return text.tk(`hotline.event.${kind}${variant}`, { actor, ...readable(kind, event.params, text, now) });
}

/** The reply as the facts tell it; instants stand in full, for it leaves the house. */
export function draftWords(lines: HotlineCase['draft'], text: Text): string {
  return lines
    .map(({ key, params }) =>
      text.tk(
        key,
        Object.fromEntries(
          Object.entries(params).map(([name, value]) => [
            name,
            typeof value === 'string' && ISO.test(value) ? dayAndClock(value, text) : value,
          ]),
        ),
      ),
    )
    .join('\n');
}

function dayAndClock(at: string, text: Text): string {
  return new Intl.DateTimeFormat(text.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(at));
}

/** What a clock on the wall says, wherever the browser stands: hotlines live by the time of their city. */
export function instantOf(wall: string): string | null {
  const at = wall === '' ? null : parseIso(wall);
  return at === null ? null : new Date(at).toISOString();
}

export const wallOf = (at: string | number): string =>
  toIso(typeof at === 'number' ? at : Date.parse(at)).slice(0, 16);

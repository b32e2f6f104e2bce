import { locales, tables } from '@gongzhi/i18n';
import { describe, expect, it } from 'vitest';
import { modules } from '../main.ts';
import { EVENT_KINDS, REASONS } from '../modules/work-orders/domain.ts';
import { ErrorRegistry, platformErrors } from '../platform/http/problem.ts';

/** Codes and sentences agree both ways: nothing is answered without a sentence, and no sentence stands for nothing. */
const registry = new ErrorRegistry();
registry.add(platformErrors);
for (const module of modules) registry.add(module.errors, module.constraints);

/** Said by the pages themselves, without an answer of the server. */
const ofPages = ['offline', 'unknown'];

const keysOf = (locale: (typeof locales)[number], prefix: string) =>
  Object.keys(tables[locale])
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();

describe('error codes and their sentences', () => {
  it('have a status between 400 and 599', () => {
    for (const code of registry.codes())
      expect([code, registry.statusOf(code) >= 400 && registry.statusOf(code) < 600]).toEqual([code, true]);
  });

  it.each([...locales])('agree both ways in %s', (locale) => {
    const sentences = keysOf(locale, 'errors.').filter((code) => !ofPages.includes(code));
    expect(sentences.filter((code) => !registry.codes().includes(code))).toEqual([]);
    expect(registry.codes().filter((code) => !sentences.includes(code))).toEqual([]);
  });

  it.each([...locales])('reasons agree both ways in %s', (locale) => {
    expect(keysOf(locale, 'reasons.')).toEqual(Object.keys(REASONS).sort());
  });

  it.each([...locales])('every event has its sentence in %s', (locale) => {
    const told = keysOf(locale, 'events.');
    expect(
      EVENT_KINDS.filter((kind) => !told.some((key) => key === kind || key.startsWith(`${kind}.`))),
    ).toEqual([]);
  });

  it('refuses a code that is registered twice and a constraint that means nothing', () => {
    const own = new ErrorRegistry();
    own.add({ once: 400 });
    expect(() => own.add({ once: 400 })).toThrow('registered twice');
    expect(() => own.add({}, { some_key: 'nowhere' })).toThrow('unknown code');
  });
});

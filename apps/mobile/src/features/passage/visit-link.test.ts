import { codeMessage, VISITOR_CODE, writeCode } from '@gongzhi/gate';
import { expect, it } from 'vitest';
import { readVisitLink, visitLink } from './visit-link.ts';

const visit = {
  code: writeCode(codeMessage(VISITOR_CODE, '00112233aabbccdd', 20_780), new Uint8Array(10)),
  digits: '004217',
  place: '静安里小区',
  from: '2026-11-23T02:00:00.000Z',
  until: '2026-11-23T06:00:00.000Z',
};

it('a link brings its guest what was sent, and nothing of it reaches a server', () => {
  const link = new URL(visitLink('https://example.org', visit));
  expect(link.pathname + link.search).toBe('/m/visit');
  expect(readVisitLink(link.hash)).toEqual(visit);
  expect(
    readVisitLink(new URL(visitLink('https://example.org', { ...visit, until: null })).hash)?.until,
  ).toBe(null);
});

it.each([
  '',
  '#',
  '#c=hello&d=004217&f=2026-11-23T02:00:00.000Z',
  `#c=${visit.code}&d=42&f=${visit.from}`,
  `#c=${visit.code}&d=004217&f=soon`,
])('is none: %s', (hash) => expect(readVisitLink(hash)).toBe(null));

import { readCode } from '@gongzhi/gate';
import { url } from '../../app/routes.ts';

/** What a guest is sent: everything stands behind the #, so that it reaches no server and no log. */
export interface VisitLink {
  code: string;
  digits: string;
  place: string;
  from: string;
  until: string | null;
}

export function visitLink(origin: string, visit: VisitLink): string {
  const parts = new URLSearchParams({
    c: visit.code,
    d: visit.digits,
    p: visit.place,
    f: visit.from,
    ...(visit.until === null ? {} : { u: visit.until }),
  });
  return `${origin}${url.visit()}#${parts.toString()}`;
}

const isTime = (text: string | null): text is string => text !== null && !Number.isNaN(Date.parse(text));

/** Null for what is no link of ours. */
export function readVisitLink(hash: string): VisitLink | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [code, digits, place, from, until] = ['c', 'd', 'p', 'f', 'u'].map((name) => parts.get(name));
  if (code == null || readCode(code) === null || !/^\d{6}$/.test(digits ?? '') || !isTime(from ?? null))
    return null;
  return {
    code,
    digits: digits ?? '',
    place: (place ?? '').slice(0, 60),
    from: from ?? '',
    until: isTime(until ?? null) ? (until ?? null) : null,
  };
}

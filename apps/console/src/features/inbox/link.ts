import { BASE, parseSearch, readSearch, url } from '../../app/routes.ts';

/** `/m/orders/<scope>/<order>` and `/m/work/<scope>/<order>`: the same order, written for the phone. */
const ON_PHONE = /^\/m\/(?:orders|work)\/([\w-]+)\/([\w-]+)/;
const OF_HOTLINE = /^\/desk\/hotline\/([0-9a-f-]{36})$/;

/** Where a message's link leads within the console; null when it speaks of nothing that can be opened here. */
export function targetOf(
  link: string | null,
): ReturnType<typeof url.order> | ReturnType<typeof url.desk> | ReturnType<typeof url.hotlineCase> | null {
  if (link === null) return null;
  const [, scopeId, orderId] = ON_PHONE.exec(link) ?? [];
  if (scopeId !== undefined && orderId !== undefined) return url.order(scopeId, orderId);
  const [, caseId] = OF_HOTLINE.exec(link) ?? [];
  if (caseId !== undefined) return url.hotlineCase(caseId);
  if (!link.startsWith(`${BASE}/`)) return null;
  const search = readSearch.desk(parseSearch(link.split('?')[1] ?? ''));
  const where = search.in ?? search.scope;
  return search.order !== undefined && where !== undefined
    ? url.order(where, search.order)
    : url.desk(search);
}

import type { Answer } from '../../api-types.ts';
import { http } from '../../api.ts';
import { href, url } from '../../app/routes.ts';
import type { Text } from '../../app/text.ts';

export type Found = Answer<'search'>;
export type FoundGroup = Found['groups'][number];
export type Hit = FoundGroup['items'][number];
export type Kind = FoundGroup['kind'];

/** A look that nobody waits for any more is broken off. */
export const search = (text: string, signal: AbortSignal): Promise<Found> =>
  http.call<Found>('POST', '/searches', { body: { text }, signal });

/** As the server has it: a word of two characters, or two numbers of a home. */
export const isEnough = (text: string): boolean =>
  /[\p{L}\p{N}]{2}/u.test(text.normalize('NFKC')) || /[0-9].*[0-9]/.test(text.normalize('NFKC'));

interface Looking {
  /** What was typed: an address holds it only where the list is asked by it. */
  readonly text: string;
  readonly may: (permission: string) => boolean;
}

/** Where a hit is looked at whole. */
export function addressOf(kind: Kind, hit: Hit, { text, may }: Looking): string {
  const { id, scopeId, title, householdId } = hit;
  switch (kind) {
    case 'orders':
      return href(url.order(scopeId, id));
    case 'cases':
      return href(url.hotlineCase(id));
    case 'people':
      return href(url.people({ scope: scopeId, person: id, in: scopeId }));
    case 'homes':
      return href(
        may('household.read') ? url.household(scopeId, id) : url.places({ scope: scopeId, q: title }),
      );
    case 'places':
      if (hit.state === 'building') return href(url.places({ scope: scopeId, building: id }));
      return href(
        hit.state === 'company' || hit.state === 'department'
          ? url.organisation({ q: title })
          : url.places({ scope: scopeId }),
      );
    case 'vehicles':
      return href(url.passes({ view: 'vehicles', scope: scopeId, q: hit.words ?? text }));
    case 'meters':
      return href(url.meters({ scope: scopeId, q: title, meter: id, in: scopeId }));
    case 'bills':
      return href(url.account(scopeId, householdId ?? ''));
    case 'payments':
      return href(url.payments({ view: 'payments', scope: scopeId, item: id }));
    case 'categories':
      return href(url.desk({ queue: 'all', category: id }));
  }
}

/** The list that holds all of a kind that is called so; null where no list is asked by these words. */
export function allOf({ kind, items }: FoundGroup, { text }: Looking): string | null {
  const scopes = new Set(items.map(({ scopeId }) => scopeId));
  const [scope] = scopes;
  switch (kind) {
    case 'orders':
      return href(
        /^20[0-9 -]{4,}/.test(text)
          ? url.desk({ queue: 'all', q: text.trim().toUpperCase() })
          : url.desk({ queue: 'all', words: text }),
      );
    case 'people':
      return href(url.people({ q: text }));
    case 'meters':
      return href(url.meters({ q: text }));
    case 'homes':
      // One place's list takes numbers; which place, the words before them said.
      return scopes.size === 1 && /^[0-9]/.test(text) ? href(url.places({ scope, q: text })) : null;
    case 'vehicles':
      return scopes.size === 1 ? href(url.passes({ view: 'vehicles', scope, q: text })) : null;
    default:
      return null;
  }
}

/** How it stands or what it is, in the words of its own page. */
export function stateWords(kind: Kind, state: string | null, { t, tk }: Text): string | null {
  if (state === null) return null;
  switch (kind) {
    case 'orders':
      return tk(`statuses.${state}`);
    case 'cases':
      return tk(`hotline.status.${state}`);
    case 'people':
      return tk(`console.relation.${state}`, {}, 'console.relation.other');
    case 'places':
      return state === 'building' ? t('search.building') : tk(`scopeKinds.${state}`);
    case 'vehicles':
      return tk(`pass.state.${state}`);
    case 'meters':
      return tk(`metering.kind.${state}`);
    case 'payments':
      return tk(`payments.state.${state}`);
    default:
      return state;
  }
}

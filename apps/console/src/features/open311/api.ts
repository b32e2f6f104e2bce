import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';

export type Services = Answer<'listOpen311Services'>;
export type Service = Services['items'][number];
export type Question = Service['attributes'][number];
export type Client = Answer<'listOpen311Clients'>['items'][number];
export type Publication = Answer<'readOpen311Publication'>;

const id = encodeURIComponent;

/** What a street tells other software, who may report, and what strangers read of an order. */
export const open311Api = {
  services: (scopeId: string) => http.call<Services>('GET', '/open311/services', { query: { scopeId } }),
  saveService: (scopeId: string, code: string, body: Body<'saveOpen311Service'>, key: string) =>
    http.call<Service>('POST', `/open311/services/${id(code)}`, { query: { scopeId }, body, key }),
  clients: (scopeId: string) =>
    http.call<Answer<'listOpen311Clients'>>('GET', '/open311/clients', { query: { scopeId } }),
  createClient: (scopeId: string, body: Body<'createOpen311Client'>, key: string) =>
    http.call<Answer<'createOpen311Client'>>('POST', '/open311/clients', { query: { scopeId }, body, key }),
  revokeClient: (scopeId: string, client: string, key: string) =>
    http.call<Answer<'revokeOpen311Client'>>('POST', `/open311/clients/${id(client)}/revoke`, {
      query: { scopeId },
      key,
    }),
  publication: (scopeId: string, order: string) =>
    http.call<Publication>('GET', `/open311/publications/${id(order)}`, { query: { scopeId } }),
  approve: (scopeId: string, order: string, body: Body<'approveOpen311Text'>, key: string) =>
    http.call<Publication>('POST', `/open311/publications/${id(order)}`, { query: { scopeId }, body, key }),
  reveal: (scopeId: string, order: string, purpose: Body<'revealOpen311Sender'>['purpose']) =>
    http.call<Answer<'revealOpen311Sender'>>('POST', `/open311/publications/${id(order)}/sender`, {
      query: { scopeId },
      body: { purpose },
    }),
};

/** Keys of what is read; those of an order lie under the order's own, and grow old with it. */
export const open311Keys = {
  services: (scopeId: string) => ['open311', 'services', scopeId] as const,
  clients: (scopeId: string) => ['open311', 'clients', scopeId] as const,
};

import type { Attribute } from './domain.ts';
import { publishedEvent } from './events.ts';
import { hashOfKey } from './service-clients.ts';

/** Rows for bulk loading (COPY as gongzhi_loader): the demonstration's street. Nothing here is sealed. */
interface Loaded<Input> {
  readonly table: string;
  readonly columns: readonly string[];
  row(input: Input): unknown[];
}

export interface OfStreet {
  readonly scopeId: string;
  readonly cityId: string | null;
}

export interface ServiceInput extends OfStreet {
  readonly code: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly attributes: readonly Attribute[];
  readonly byName: string;
  readonly at: Date;
}

const service: Loaded<ServiceInput> = {
  table: 'open311.service',
  columns: [
    'scope_id',
    'category_code',
    'city_id',
    'street_id',
    'is_published',
    'description_zh',
    'description_en',
    'attributes',
    'version',
    'changed_by_name',
    'changed_at',
  ],
  row: (s) => [
    s.scopeId,
    s.code,
    s.cityId,
    s.scopeId,
    true,
    s.descriptionZh,
    s.descriptionEn,
    JSON.stringify(s.attributes),
    1,
    s.byName,
    s.at,
  ],
};

/** What publishing says: the worker then makes the orders of the last 90 days public by its own rules. */
const published: Loaded<ServiceInput & { readonly eventId: string }> = {
  table: 'platform.outbox',
  columns: [
    'scope_id',
    'event_id',
    'city_id',
    'street_id',
    'is_internal',
    'kind',
    'version',
    'object_id',
    'payload',
    'occurred_at',
  ],
  row: (s) => [
    s.scopeId,
    s.eventId,
    s.cityId,
    s.scopeId,
    true,
    publishedEvent,
    1,
    s.scopeId,
    JSON.stringify({ categoryCode: s.code }),
    s.at,
  ],
};

export interface ClientInput extends OfStreet {
  readonly clientId: string;
  readonly name: string;
  readonly key: string;
  readonly byName: string;
  readonly at: Date;
}

const client: Loaded<ClientInput> = {
  table: 'open311.client',
  columns: [
    'scope_id',
    'client_id',
    'city_id',
    'street_id',
    'name',
    'key_hash',
    'may_report',
    'may_update',
    'per_minute',
    'created_by_name',
    'created_at',
  ],
  row: (c) => [
    c.scopeId,
    c.clientId,
    c.cityId,
    c.scopeId,
    c.name,
    hashOfKey(c.key),
    true,
    true,
    60,
    c.byName,
    c.at,
  ],
};

export const loaders = { service, published, client };

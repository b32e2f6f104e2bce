import { type Locale, t, tKey } from '@gongzhi/i18n';
import { toIso } from '@gongzhi/kernel';
import type { Category } from '../work-orders/index.ts';
import {
  type Attribute,
  type Document,
  type Fault,
  type Fields,
  isList,
  List,
  type Word,
  WORDS,
} from './domain.ts';
import type { RequestRow, ServiceRow, UpdateRow } from './queries.ts';
import type { Mode, Noted, Taken } from './service-reports.ts';

/** Answers of GeoReport v2 in its own words and order. */

export const specification = 'http://wiki.open311.org/GeoReport_v2';
/** When what this endpoint offers last changed in kind. */
const changeset = '2026-11-22T00:00:00+08:00';

/** What a browser or an app says it reads; Chinese otherwise. */
export function localeOf(header: string | undefined): Locale {
  return header !== undefined && /^\s*en\b/i.test(header) ? 'en' : 'zh-CN';
}

const say = (locale: Locale, zh: string, en: string): string => (locale === 'en' ? en : zh);

export function discovery(locale: Locale, base: string, contact: string): Document {
  const formats = new List('format', ['text/xml', 'application/json']);
  const endpoint = (url: string, type: Mode): Fields => ({ specification, url, changeset, type, formats });
  return {
    root: 'discovery',
    value: {
      changeset,
      contact: contact === '' ? t(locale, 'open311.discovery.contact') : contact,
      key_service: t(locale, 'open311.discovery.key_service'),
      endpoints: new List('endpoint', [
        endpoint(`${base}/open311/v2`, 'production'),
        endpoint(`${base}/open311/test/v2`, 'test'),
      ]),
    },
  };
}

export interface Offered {
  readonly service: ServiceRow;
  readonly category: Category;
}

const nameOf = (locale: Locale, category: Category): string => say(locale, category.nameZh, category.nameEn);

export function services(locale: Locale, mode: Mode, offered: readonly Offered[]): Document {
  return {
    root: 'services',
    value: new List(
      'service',
      offered.map(({ service, category }) => ({
        service_code: service.code,
        service_name: nameOf(locale, category),
        description: say(locale, service.descriptionZh, service.descriptionEn) || nameOf(locale, category),
        metadata: service.attributes.length > 0,
        type: mode === 'test' ? 'blackbox' : 'realtime',
        keywords: [...new Set(locale === 'en' ? category.keywordsEn : category.keywordsZh)]
          .map((word) => word.replaceAll(',', ' '))
          .join(','),
        group: tKey(locale, `groups.${category.group}`),
      })),
    ),
  };
}

export function definition(locale: Locale, code: string, attributes: readonly Attribute[]): Document {
  return {
    root: 'service_definition',
    value: {
      service_code: code,
      attributes: new List(
        'attribute',
        attributes.map((one, i) => ({
          variable: one.isInput,
          code: one.code,
          datatype: one.datatype,
          required: one.isRequired,
          datatype_description: say(locale, one.hintZh, one.hintEn),
          order: i + 1,
          description: say(locale, one.zh, one.en),
          values: isList(one)
            ? new List(
                'value',
                one.values.map(({ key, zh, en }) => ({ key, name: say(locale, zh, en) })),
              )
            : undefined,
        })),
      ),
    },
  };
}

const sentenceOf = (locale: Locale, word: string): string => tKey(locale, `open311.words.${word}`);

export function requests(
  locale: Locale,
  rows: readonly RequestRow[],
  catalogue: ReadonlyMap<string, Category>,
): Document {
  return {
    root: 'service_requests',
    value: new List(
      'request',
      rows.map((row) => {
        const category = catalogue.get(row.categoryCode);
        const time = (at: Date | null) => (at === null ? null : toIso(at.getTime(), row.timeZone));
        return {
          service_request_id: row.requestId,
          status: row.status,
          status_notes: sentenceOf(locale, row.word),
          service_name: category === undefined ? row.categoryCode : nameOf(locale, category),
          service_code: row.categoryCode,
          description: row.publicText,
          agency_responsible: row.agency,
          service_notice: null,
          requested_datetime: time(row.requestedAt),
          updated_datetime: time(row.updatedAt),
          expected_datetime: time(row.expectedAt),
          address: row.address,
          address_id: row.addressId,
          zipcode: null,
          lat: row.latitude,
          long: row.longitude,
          media_url: null,
        };
      }),
    ),
  };
}

export function updates(locale: Locale, rows: readonly UpdateRow[]): Document {
  return {
    root: 'service_request_updates',
    value: new List(
      'request_update',
      rows.map((row) => ({
        update_id: row.updateId,
        service_request_id: row.requestId,
        status: WORDS[row.word as Word],
        updated_datetime: toIso(row.at.getTime(), row.timeZone),
        description: sentenceOf(locale, row.word),
        media_url: null,
      })),
    ),
  };
}

/** Realtime: the id at once. A blackbox gives neither id nor token. */
export function taken(locale: Locale, { requestId, number, accountId }: Taken): Document {
  const request: Fields = {
    service_request_id: requestId ?? undefined,
    service_notice:
      number === null ? t(locale, 'open311.notice.test') : t(locale, 'open311.notice.received', { number }),
    account_id: accountId,
  };
  return { root: 'service_requests', value: new List('request', [request]) };
}

export function noted(locale: Locale, { updateId }: Noted): Document {
  const update: Fields =
    updateId === null
      ? { update_id: null, service_notice: t(locale, 'open311.notice.test') }
      : { update_id: updateId };
  return { root: 'service_request_updates', value: new List('request_update', [update]) };
}

export interface Said {
  readonly code: number;
  readonly description: string;
}

export function errors(said: readonly Said[]): Document {
  return {
    root: 'errors',
    value: new List(
      'error',
      said.map(({ code, description }) => ({ code, description })),
    ),
  };
}

export function sayFault(locale: Locale, { status, code, params }: Fault): Said {
  return { code: status, description: tKey(locale, `open311.faults.${code}`, params ?? {}) };
}

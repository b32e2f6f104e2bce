import { err, ok, parseIso, type Point, type Result } from '@gongzhi/kernel';
import { type Fault, fault } from './fault.ts';
import { attributesOf, type Form, one } from './form.ts';
import { EXTENDED, type Extended } from './life.ts';

/** As the specification says. */
export const longestDescription = 4_000;
const longestField = 200;
const longestUrl = 2_000;
const mostMedia = 10;

/** A point, else an id, else words: the most exact that was given decides. */
export type Location =
  | { readonly by: 'point'; readonly point: Point }
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'words'; readonly words: string };

/** Who reported it outside; sealed wherever it is kept. */
export interface Sender {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Report {
  readonly location: Location;
  readonly point: Point | null;
  readonly addressId: string | null;
  readonly addressString: string | null;
  readonly description: string | null;
  readonly answers: ReadonlyMap<string, readonly string[]>;
  readonly mediaUrls: readonly string[];
  readonly sender: Sender;
  readonly deviceId: string | null;
  readonly accountId: string | null;
}

/** Something like `<b>` or `<!--`: words are plain text. A lone `<` is a word like any other. */
const markup = /<[a-z!/?]/i;

function checkedDescription(form: Form, faults: Fault[]): string | null {
  const text = one(form, 'description');
  if (text !== null && text.length > longestDescription)
    faults.push(fault('too_long', { name: 'description', most: longestDescription }));
  if (text !== null && markup.test(text)) faults.push(fault('description_html'));
  return text;
}

function short(form: Form, name: string, faults: Fault[]): string | null {
  const text = one(form, name);
  if (text !== null && text.length > longestField)
    faults.push(fault('too_long', { name, most: longestField }));
  return text;
}

/** Kept and shown as text, never fetched: so it must be an address that a person may decide to open. */
function mediaOf(form: Form, faults: Fault[]): readonly string[] {
  const urls = [...new Set([...(form.get('media_url') ?? []), ...(form.get('media_url[]') ?? [])])];
  const isGood = (url: string) =>
    url.length <= longestUrl && /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i.test(url);
  if (urls.length > mostMedia || !urls.every(isGood)) faults.push(fault('media_url', { most: mostMedia }));
  return urls;
}

function senderOf(form: Form, faults: Fault[]): Sender {
  return {
    firstName: short(form, 'first_name', faults),
    lastName: short(form, 'last_name', faults),
    email: short(form, 'email', faults),
    phone: short(form, 'phone', faults),
  };
}

export function hasSender(sender: Sender): boolean {
  return Object.values(sender).some((part) => part !== null);
}

const cjk = /\p{Script=Han}/u;

/** Family name first where it is written so. */
export function nameOfSender({ firstName, lastName }: Sender): string | null {
  const parts = [firstName, lastName].filter((part) => part !== null);
  if (parts.length < 2) return parts[0] ?? null;
  return cjk.test(parts.join('')) ? `${lastName}${firstName}` : `${firstName} ${lastName}`;
}

/** Whom the desk can call; null unless there are a name and something that is a number. */
export function callableOf(sender: Sender): { readonly name: string; readonly phone: string } | null {
  const name = nameOfSender(sender)?.slice(0, 60) ?? null;
  const phone = sender.phone?.replace(/[().\s]+/g, ' ').trim() ?? null;
  return name === null || phone === null || !/^[0-9+ -]{5,20}$/.test(phone) ? null : { name, phone };
}

const decimal = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/;

function pointOf(form: Form, faults: Fault[]): Point | null {
  const [lat, long] = [one(form, 'lat'), one(form, 'long')];
  if (lat === null && long === null) return null;
  const point = { latitude: Number(lat), longitude: Number(long) };
  const isGood =
    lat !== null &&
    long !== null &&
    decimal.test(lat) &&
    decimal.test(long) &&
    Math.abs(point.latitude) <= 90 &&
    Math.abs(point.longitude) <= 180;
  if (!isGood) faults.push(fault('point_broken'));
  return isGood ? point : null;
}

/** All that can be said about a report without asking what there is; every fault at once. */
export function reportOf(form: Form): Result<Report, readonly Fault[]> {
  const faults: Fault[] = [];
  const description = checkedDescription(form, faults);
  const point = pointOf(form, faults);
  const addressId = short(form, 'address_id', faults);
  const addressString = short(form, 'address_string', faults);
  const location: Location | null =
    point !== null
      ? { by: 'point', point }
      : addressId !== null
        ? { by: 'id', id: addressId }
        : addressString !== null
          ? { by: 'words', words: addressString }
          : null;
  if (location === null && !faults.some(({ code }) => code === 'point_broken'))
    faults.push(fault('location_missing'));
  const rest = {
    mediaUrls: mediaOf(form, faults),
    sender: senderOf(form, faults),
    deviceId: short(form, 'device_id', faults),
    accountId: short(form, 'account_id', faults),
  };
  if (faults.length > 0 || location === null) return err(faults);
  return ok({ location, point, addressId, addressString, description, answers: attributesOf(form), ...rest });
}

export interface SentUpdate {
  readonly requestId: string;
  readonly updateId: string | null;
  readonly saidAt: Date | null;
  readonly status: Extended | null;
  readonly text: string;
  readonly mediaUrls: readonly string[];
  readonly sender: Sender;
}

/** A word from outside about a matter. What it says of the status is told to the desk and changes nothing. */
export function updateOf(form: Form): Result<SentUpdate, readonly Fault[]> {
  const faults: Fault[] = [];
  const requestId = short(form, 'service_request_id', faults);
  if (requestId === null) faults.push(fault('request_missing'));
  const saidAt = instantOf(one(form, 'updated_datetime'), 'updated_datetime', faults);
  const said = one(form, 'status')?.toUpperCase().replaceAll(' ', '_') ?? null;
  const status = EXTENDED.find((known) => known === said) ?? null;
  if (said !== null && status === null) faults.push(fault('status_unknown', { known: EXTENDED.join(', ') }));
  const title = short(form, 'title', faults);
  const description = checkedDescription(form, faults);
  const text = [title, description].filter((part) => part !== null).join('\n');
  const mediaUrls = mediaOf(form, faults);
  if (text === '' && status === null && mediaUrls.length === 0) faults.push(fault('update_empty'));
  const rest = { updateId: short(form, 'update_id', faults), sender: senderOf(form, faults) };
  if (faults.length > 0 || requestId === null) return err(faults);
  return ok({ requestId, saidAt, status, text, mediaUrls, ...rest });
}

const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * A W3C date and time, which bears its zone. A `+` that somebody left unescaped in an address arrives as a space, and
 * can mean nothing else.
 */
export function instantOf(text: string | null, name: string, faults: Fault[]): Date | null {
  if (text === null) return null;
  const whole = text.replace(/ (\d{2}:?\d{2})$/, '+$1');
  const instant = zoned.test(whole) && whole.includes('T') ? parseIso(whole) : null;
  if (instant === null) faults.push(fault('date_broken', { name }));
  return instant === null ? null : new Date(instant);
}

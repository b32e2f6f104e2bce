import { err, ok, type Result } from '@gongzhi/kernel';
import { type Fault, fault } from './fault.ts';
import { commaList, type Form, one } from './form.ts';
import { instantOf } from './report.ts';

const DAY = 86_400_000;
export const longestSpanDays = 90;
export const mostAtOnce = 1_000;

export interface Span {
  /** Both included. */
  readonly from: Date;
  readonly to: Date;
}

export interface Page {
  readonly size: number;
  readonly skipped: number;
}

export type RequestFilter =
  | { readonly ids: readonly string[]; readonly page: Page }
  | {
      readonly ids: null;
      readonly span: Span;
      readonly codes: readonly string[] | null;
      readonly statuses: readonly ('open' | 'closed')[] | null;
      readonly page: Page;
    };

function pageOf(form: Form, faults: Fault[]): Page {
  const whole = (name: string, most: number, otherwise: number) => {
    const text = one(form, name);
    if (text === null) return otherwise;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > most) faults.push(fault('page_broken', { name, most }));
    return number;
  };
  const size = whole('page_size', mostAtOnce, mostAtOnce);
  return { size, skipped: (whole('page', 100_000, 1) - 1) * size };
}

/** The last 90 days, unless something else was asked for; from one end alone, 90 days from there. */
function spanOf(form: Form, now: Date, faults: Fault[]): Span {
  const from = instantOf(one(form, 'start_date'), 'start_date', faults);
  const to = instantOf(one(form, 'end_date'), 'end_date', faults);
  const away = (date: Date, days: number) => new Date(date.getTime() + days * DAY);
  const span =
    from === null
      ? { from: away(to ?? now, -longestSpanDays), to: to ?? now }
      : { from, to: to ?? away(from, longestSpanDays) };
  const length = span.to.getTime() - span.from.getTime();
  if (length < 0) faults.push(fault('span_reversed'));
  if (length > longestSpanDays * DAY) faults.push(fault('span_long', { days: longestSpanDays }));
  return span;
}

/** What GET requests asks for. Ids override all else, as the specification says, also what would be wrong with it. */
export function requestFilterOf(form: Form, now: Date): Result<RequestFilter, readonly Fault[]> {
  const ids = commaList(one(form, 'service_request_id'));
  const faults: Fault[] = [];
  const page = pageOf(form, faults);
  if (ids !== null) return ids.length > mostAtOnce ? err([fault('too_large')]) : ok({ ids, page: firstPage });
  const span = spanOf(form, now, faults);
  const asked = commaList(one(form, 'status'));
  const statuses = asked?.map((status) => status.toLowerCase()) ?? null;
  if (statuses?.some((status) => status !== 'open' && status !== 'closed') === true)
    faults.push(fault('status_unknown', { known: 'open, closed' }));
  if (faults.length > 0) return err(faults);
  return ok({
    ids: null,
    span,
    codes: commaList(one(form, 'service_code')),
    statuses: statuses as ('open' | 'closed')[] | null,
    page,
  });
}

const firstPage: Page = { size: mostAtOnce, skipped: 0 };

/** Of updates both ends are given or neither. */
export function updateFilterOf(
  form: Form,
  now: Date,
): Result<{ readonly span: Span; readonly page: Page }, readonly Fault[]> {
  const faults: Fault[] = [];
  const page = pageOf(form, faults);
  if ((one(form, 'start_date') === null) !== (one(form, 'end_date') === null))
    faults.push(fault('dates_both'));
  const span = spanOf(form, now, faults);
  return faults.length > 0 ? err(faults) : ok({ span, page });
}

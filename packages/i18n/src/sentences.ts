import type { Locale, ParamValue } from './message.ts';
import type { Translator } from './translate.ts';
import { formatSpan, formatWhen, type When } from './when.ts';

/** Sentences put together from data: the timeline, the inbox, a problem from the server. Bound to a table by index.ts and the apps. */

type Data = Readonly<Record<string, unknown>>;

/** A line of the timeline as the API gives it. */
export interface TimelineLine {
  readonly kind: string;
  readonly actorName?: string | null;
  readonly actorRole: string;
  readonly actorIsMe?: boolean;
  readonly params: Data;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : null;
}

/** Only what can be shown: strings and numbers. */
function plain(params: Data): Record<string, ParamValue> {
  const shown: Record<string, ParamValue> = {};
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string' || typeof value === 'number') shown[name] = value;
  }
  return shown;
}

export interface Sentences {
  /** A timeline entry in a sentence. `now` serves times inside it. */
  eventText(locale: Locale, line: TimelineLine, now: When): string;
  /** An inbox entry in a sentence, by its template and params. */
  noticeText(locale: Locale, template: string, params: Data): string;
  /** A problem+json in a sentence; a refused action says its reason. */
  problemText(locale: Locale, problem: { readonly code: string; readonly params?: Data }): string;
}

export function createSentences({ tKey, has }: Pick<Translator<never>, 'tKey' | 'has'>): Sentences {
  const say = tKey as (
    locale: Locale,
    key: string,
    params?: Readonly<Record<string, ParamValue | null | undefined>>,
    fallback?: string,
  ) => string;

  /** Codes inside params become words: a pause's reason, a score, the names of categories. */
  const worded = (locale: Locale, kind: string, params: Data): Record<string, ParamValue> => {
    const shown = plain(params);
    const isZh = locale === 'zh-CN';
    const reason = text(params['reason']);
    if (reason !== null && has(`pauseReasons.${reason}`))
      shown['reason'] = say(locale, `pauseReasons.${reason}`);
    const score = text(params['score']);
    if (score !== null && has(`ratings.${score}`)) shown['score'] = say(locale, `ratings.${score}`);
    const payer = text(params['payer']);
    if (payer !== null && has(`payers.${payer}`)) shown['payer'] = say(locale, `payers.${payer}`);
    if (kind === 'work_order.category_changed') {
      shown['from'] = text(params[isZh ? 'fromZh' : 'fromEn']) ?? text(params['from']) ?? '';
      shown['to'] = text(params[isZh ? 'toZh' : 'toEn']) ?? text(params['to']) ?? '';
    }
    shown['title'] = text(params[isZh ? 'titleZh' : 'titleEn']) ?? text(params['number']) ?? '';
    return shown;
  };

  /** From when until when, of an appointment or of the first hours offered. */
  const spanOf = (locale: Locale, params: Data, now: When | null): string | null => {
    const [from, to] = [text(params['from']), text(params['to'])];
    return from === null || to === null || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to))
      ? null
      : formatSpan(locale, from, to, now);
  };

  const variantOf = (kind: string, params: Data): string | null => {
    if (params['isAgreed'] === true && has(`events.${kind}.agreed`)) return 'agreed';
    if (Number(params['count']) > 1 && has(`events.${kind}.several`)) return 'several';
    const named =
      ['outcome', 'result', 'because', 'how'].map((name) => text(params[name])).find(Boolean) ?? null;
    if (named !== null && has(`events.${kind}.${named}`)) return named;
    if (params['isByCallback'] === true && has(`events.${kind}.by_callback`)) return 'by_callback';
    if (typeof params['visit'] === 'number' && has(`events.${kind}.again`)) return 'again';
    if (text(params['number']) === null && has(`events.${kind}.no_number`)) return 'no_number';
    if (text(params['reason']) === null && has(`events.${kind}.no_reason`)) return 'no_reason';
    return null;
  };

  return {
    eventText: (locale, line, now) => {
      const params = worded(locale, line.kind, line.params);
      params['actor'] = line.actorIsMe
        ? say(locale, 'words.you')
        : (text(line.actorName) ?? say(locale, `roles.${line.actorRole}`, {}, 'words.someone'));
      const onBehalfOf = text(line.params['onBehalfOf']);
      if (onBehalfOf !== null)
        params['actor'] = say(locale, 'words.onBehalf', { actor: params['actor'] ?? '', name: onBehalfOf });
      params['assigneeName'] = text(line.params['assigneeName']) ?? say(locale, 'words.worker');
      const until = text(line.params['until']);
      if (until !== null) params['until'] = formatWhen(locale, until, now);
      const span = spanOf(locale, line.params, now);
      if (span !== null) params['span'] = span;
      const plannedFrom = text(line.params['plannedFrom']);
      if (plannedFrom !== null) params['plannedFrom'] = formatWhen(locale, plannedFrom, now);
      const variant = variantOf(line.kind, line.params);
      return say(
        locale,
        `events.${line.kind}${variant === null ? '' : `.${variant}`}`,
        params,
        'events.unknown',
      );
    },
    noticeText: (locale, template, params) => {
      const shown = worded(locale, template, params);
      const span = spanOf(locale, params, null);
      if (span !== null) shown['span'] = span;
      // Who follows what a neighbour reported is told so, and is asked for nothing.
      const variant =
        params['isFollowed'] === true ? 'followed' : params['isAgreed'] === true ? 'agreed' : null;
      const special = variant === null ? '' : `${variant}Inbox.${template}`;
      return say(locale, has(special) ? special : `inbox.${template}`, shown, 'inbox.unknown');
    },
    problemText: (locale, problem) => {
      const params = problem.params ?? {};
      const shown = plain(params);
      const reason = text(params['reason']);
      // A module may have reasons of its own: `ledger.cannot_close` looks among `ledgerReasons` first.
      const own = `${problem.code.slice(0, problem.code.indexOf('.'))}Reasons.${reason}`;
      const why = has(own) ? own : `reasons.${reason}`;
      if (reason !== null && has(why)) shown['reason'] = say(locale, why);
      return say(locale, `errors.${problem.code}`, shown, 'errors.unknown');
    },
  };
}

import { ApiProblem, newKey } from '@gongzhi/ui/client/index.ts';
import { announce } from '@gongzhi/ui/notices.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Category, Me } from '../../api-types.ts';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useTray } from '../photos/useTray.ts';
import { useHere } from '../session/here.tsx';
import { stillGood } from '../visits/slots.ts';
import { useVoice } from '../voice/useVoice.ts';
import { takeOrder } from '../work-orders/queries.ts';
import { type Around, freshReport, type Missing, type ReportDraft, reportName, toOrder } from './draft.ts';
import { sayOutcome } from './kept-notice.ts';
import { reportOutboxOf, voiceOwner } from './outbox.ts';
import { handOver } from '../photos/kept.ts';

/** The catalogue changes by the year; a day old is fresh. */
const CATALOGUE_MS = 24 * 60 * 60 * 1000;

/** All that the report page knows and does: the draft, its pictures, the catalogue, and sending it once. */
export function useReport(me: Me) {
  const words = useWords();
  const client = useQueryClient();
  const here = useHere(me);
  const accountId = me.account.id;
  const name = reportName(accountId);
  const draft = useDraft<ReportDraft>(name, accountId, freshReport);
  const { tray, photos } = useTray(name, accountId, here.scopeId);
  const voice = useVoice(voiceOwner(name), accountId);
  const catalogue = useQuery({
    queryKey: ['catalogue', here.scopeId],
    queryFn: () => api.catalogue(here.scopeId),
    staleTime: CATALOGUE_MS,
  });
  const category = catalogue.data?.items.find(({ code }) => code === draft.value.categoryCode) ?? null;
  const [missing, setMissing] = useState<readonly Missing[]>([]);

  /** After it went somewhere safe: what is here is forgotten. */
  const clear = async (): Promise<void> => {
    await Promise.all([draft.clear(), tray.clear(), voice.drop()]);
  };

  const send = useMutation({
    mutationFn: async () => {
      const around: Around = {
        scopeId: here.scopeId,
        householdId: here.household?.id ?? null,
        needsTime: needsTime(category),
        takesWindows: takesWindows(category),
        takesAbout: takesAbout(category),
        spoken: voice.url === null ? null : words.t('mobile.voice.only'),
      };
      const meant = { ...draft.value, windows: stillGood(draft.value.windows, Date.now()) };
      const body = toOrder(meant, around, []);
      if ('length' in body) throw new Lacking(body);
      const outbox = reportOutboxOf(accountId);
      await outbox.restore();
      const id = meant.key;
      const outcome = await outbox.submit(
        {
          id,
          acting: { id: me.acting.id, onBehalfOf: me.acting.onBehalf?.name ?? null },
          body,
          draft: meant,
          photoCount: photos.length,
          madeAt: Date.now(),
        },
        async (owner) => {
          await tray.giveTo(owner);
          await handOver(voiceOwner(name), voiceOwner(owner));
        },
      );
      if (outcome.state !== 'refused') return outcome;
      // What the server would not take comes back to where it can be changed.
      await handOver(id, name);
      await handOver(voiceOwner(id), voiceOwner(name));
      await Promise.all(
        outbox
          .read()
          .filter((one) => one.id === id)
          .map((one) => outbox.discard(one)),
      );
      await Promise.all([tray.restore(), voice.restore()]);
      throw outcome.error;
    },
    onSuccess: async (outcome) => {
      const { key } = draft.value;
      await clear();
      if (outcome.state === 'waiting') {
        navigate(url.home(), { isReplacing: true });
        // Unless the network came back meanwhile: then it has been sent, and that was said.
        const waits = reportOutboxOf(accountId)
          .read()
          .some(({ id }) => id === key);
        if (waits) sayOutcome('kept', words.t('mobile.waiting.saved'));
        return;
      }
      const { order } = outcome;
      takeOrder(client, order);
      navigate(url.order({ scopeId: order.scopeId, id: order.id }), { isReplacing: true });
      sayOutcome('sent', words.t('mobile.report.sent', { number: order.number }));
    },
    onError: async (error) => {
      if (error instanceof Lacking) {
        setMissing(error.missing);
        announce(words.t('mobile.report.lacking', { count: error.missing.length }), 'assertive');
        return;
      }
      if (!(error instanceof ApiProblem)) return;
      // The uploads were swept, or belong to another request: they go out again with the next try.
      if (
        error.fields.some(({ path }) => path.includes('photoIds') || path.includes('voiceId')) ||
        error.code.startsWith('file.')
      )
        await tray.forgetSent();
      // The first try did arrive, and the words were changed since: what is here now is a new report.
      if (error.status === 409) draft.change({ key: newKey() });
    },
  });

  const change = (part: Partial<ReportDraft>): void => {
    setMissing([]);
    if (send.isError) send.reset();
    draft.change(part);
  };
  const sentences = fieldSentences(words, send.error);
  const errorOf = (field: Missing, sent: string): string | undefined =>
    missing.includes(field) ? words.t(`mobile.report.missing.${field}`) : sentences[sent];

  return {
    here,
    draft,
    change,
    clear,
    tray,
    photos,
    voice,
    catalogue,
    category,
    send,
    errors: {
      description: errorOf('description', 'description'),
      category: errorOf('category', 'categoryCode'),
      place: errorOf('place', 'place'),
      neededBy: errorOf('neededBy', 'neededBy'),
      photos: sentences['photoIds'] ?? sentences['voiceId'],
      about: sentences['about'],
      whole: wholeError(words, send.error, Object.keys(sentences).length > 0),
    },
  };
}

/** A special need has a hard deadline. */
export function needsTime(category: Category | null): boolean {
  return category?.kind === 'special_need';
}

/** Somebody comes, and not in haste. */
export function takesWindows(category: Category | null): boolean {
  return (
    category !== null && !category.isEmergency && !needsTime(category) && category.arriveMinutes !== null
  );
}

/** A complaint about the service may say at which visit; what is confidential for other reasons is about neighbours. */
export function takesAbout(category: Category | null): boolean {
  return category?.isConfidential === true && category.group === 'service';
}

function wholeError(
  words: ReturnType<typeof useWords>,
  error: unknown,
  isBesideFields: boolean,
): string | null {
  if (error === null || error === undefined || error instanceof Lacking) return null;
  if (error instanceof ApiProblem && error.status === 409) return words.t('mobile.report.alreadyArrived');
  return isBesideFields ? words.t('mobile.report.seeFields') : problemSentence(words, error);
}

class Lacking extends Error {
  readonly missing: readonly Missing[];

  constructor(missing: readonly Missing[]) {
    super('lacking');
    this.missing = missing;
  }
}

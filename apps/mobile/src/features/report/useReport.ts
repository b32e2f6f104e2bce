import { newKey, ApiProblem, Unreachable } from '@gongzhi/ui/client/index.ts';
import { announce, notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import type { Category, Me } from '../../api-types.ts';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useTray } from '../photos/useTray.ts';
import { useHere } from '../session/here.tsx';
import { takeOrder } from '../work-orders/queries.ts';
import { freshReport, type Missing, type ReportDraft, reportName, toOrder } from './draft.ts';

/** The catalogue changes by the year; a day old is fresh. */
const CATALOGUE_MS = 24 * 60 * 60 * 1000;

/** All that the report page knows and does: the draft, its pictures, the catalogue, and sending it once. */
export function useReport(me: Me) {
  const words = useWords();
  const client = useQueryClient();
  const here = useHere(me);
  const name = reportName(me.account.id);
  const draft = useDraft<ReportDraft>(name, me.account.id, freshReport);
  const { tray, photos } = useTray(name, me.account.id, here.scopeId);
  const catalogue = useQuery({
    queryKey: ['catalogue', here.scopeId],
    queryFn: () => api.catalogue(here.scopeId),
    staleTime: CATALOGUE_MS,
  });
  const category = catalogue.data?.items.find(({ code }) => code === draft.value.categoryCode) ?? null;
  const [missing, setMissing] = useState<readonly Missing[]>([]);

  const send = useMutation({
    mutationFn: async () => {
      const around = {
        scopeId: here.scopeId,
        householdId: here.household?.id ?? null,
        needsTime: needsTime(category),
      };
      // Asked before anything is sent, so that what lacks is said at once.
      const checked = toOrder(draft.value, around, []);
      if ('length' in checked) throw new Lacking(checked);
      if (!navigator.onLine) throw new Unreachable('offline');
      return api.createOrder({ ...checked, photoIds: await tray.settle() }, draft.value.key);
    },
    onSuccess: async (order) => {
      takeOrder(client, order);
      await Promise.all([draft.clear(), tray.clear()]);
      navigate(url.order({ scopeId: order.scopeId, id: order.id }), { isReplacing: true });
      notify(words.t('mobile.report.sent', { number: order.number }));
    },
    onError: async (error) => {
      if (error instanceof Lacking) {
        setMissing(error.missing);
        announce(words.t('mobile.report.lacking', { count: error.missing.length }), 'assertive');
        return;
      }
      if (error instanceof Unreachable) {
        draft.change({ isWaiting: true });
        return;
      }
      draft.change({ isWaiting: false });
      if (!(error instanceof ApiProblem)) return;
      // The uploads were swept, or belong to another request: they go out again with the next try.
      if (error.fields.some(({ path }) => path.includes('photoIds')) || error.code.startsWith('file.'))
        await tray.forgetSent();
      // The first try did arrive, and the words were changed since: what is here now is a new report.
      if (error.status === 409) draft.change({ key: newKey() });
    },
  });

  // What was sent into a dead line goes out by itself when the line is back; the key makes it once.
  const isWaiting = draft.isReady && draft.value.isWaiting;
  const { mutate } = send;
  useEffect(() => {
    if (!isWaiting) return;
    const again = (): void => {
      mutate();
    };
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
    };
  }, [isWaiting, mutate]);

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
    tray,
    photos,
    catalogue,
    category,
    send,
    isWaiting,
    errors: {
      description: errorOf('description', 'description'),
      category: errorOf('category', 'categoryCode'),
      place: errorOf('place', 'place'),
      neededBy: errorOf('neededBy', 'neededBy'),
      photos: sentences['photoIds'],
      whole: wholeError(words, send.error, Object.keys(sentences).length > 0),
    },
  };
}

/** A special need has a hard deadline. */
export function needsTime(category: Category | null): boolean {
  return category?.kind === 'special_need';
}

function wholeError(
  words: ReturnType<typeof useWords>,
  error: unknown,
  isBesideFields: boolean,
): string | null {
  if (error === null || error === undefined || error instanceof Lacking) return null;
  if (error instanceof Unreachable) return words.t('mobile.report.noNetwork');
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

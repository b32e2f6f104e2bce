import { Button, EmptyState, notify, TextField } from '@gongzhi/ui';
import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { useNavigate } from '@tanstack/react-router';
import { Lock, PhoneIncoming } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '../api.ts';
import type { Category } from '../api-types.ts';
import { isCode, problemText } from '../app/errors.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { useDraft } from '../components/draft.ts';
import { ownCompounds } from '../components/scope-picker.tsx';
import { type CallerField, freshDraft, missingIn, orderOf } from '../features/caller/caller-draft.ts';
import { callKey, callsKey, noCalls } from '../features/caller/calls.ts';
import { CallerPanel } from '../features/caller/caller-panel.tsx';
import { PhotoField } from '../features/caller/photo-field.tsx';
import { PlaceFields } from '../features/caller/place-fields.tsx';
import { CategoryPicker, useCatalogue } from '../features/orders/category-picker.tsx';
import css from './new-order.module.css';

export default function NewOrderPage() {
  const { t } = useText();
  useTitle(t('console.nav.newOrder'));
  return useMay('work_order.create_for_caller') ? (
    <Calls />
  ) : (
    <EmptyState icon={Lock} title={t('console.caller.notYours')} text={t('console.caller.notYoursWords')} />
  );
}

/** Several may ring at once: each call is a draft of its own, beside the others, until it is sent or given up. */
function Calls() {
  const { t } = useText();
  const me = useMe();
  const [{ calls, open }, keep] = useDraft(callsKey(me), noCalls, 'local');
  const end = (call: number): void => {
    const rest = calls.filter((other) => other !== call);
    keep(rest.length === 0 ? { calls: [call + 1], open: call + 1 } : { calls: rest, open: rest[0]! });
  };
  const another = (): void => {
    const next = Math.max(...calls) + 1;
    keep({ calls: [...calls, next], open: next });
  };
  return (
    <>
      <div className={css.calls} role="group" aria-label={t('family.caller.calls')}>
        {calls.length > 1 &&
          calls.map((call) => (
            <Button
              key={call}
              size="small"
              variant={call === open ? 'primary' : 'secondary'}
              aria-pressed={call === open}
              onPress={() => {
                keep({ open: call });
              }}
            >
              {t('family.caller.call', { number: call })}
            </Button>
          ))}
        <Button size="small" icon={PhoneIncoming} onPress={another}>
          {t('family.caller.another')}
        </Button>
      </div>
      <CallerForm
        key={open}
        call={open}
        onEnd={() => {
          end(open);
        }}
      />
    </>
  );
}

/** New for a caller: where, what, whom to call back; three columns that are filled while the line is open. */
function CallerForm({ call, onEnd }: { call: number; onEnd: () => void }) {
  const text = useText();
  const { t, tk } = text;
  const me = useMe();
  const navigate = useNavigate();
  const own = ownCompounds(me.acting);
  const [begin] = useState(() => freshDraft(own.length === 1 ? (own[0]?.id ?? '') : ''));
  const [draft, change, clear] = useDraft(callKey(me, call), begin, 'local');
  const [missing, setMissing] = useState<readonly CallerField[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const catalogueScope = draft.scopeId === '' ? me.acting.scopeId : draft.scopeId;
  const catalogue = useCatalogue(catalogueScope);
  const category = catalogue.data?.items.find(({ code }) => code === draft.categoryCode);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input[type="search"], input:not([type="radio"])')?.focus();
  }, []);

  // Once asked, the answers are watched as they come in.
  const still = missing.filter((field) => missingIn(draft, category).includes(field));
  const errorOf = (field: CallerField): string | undefined =>
    still.includes(field) ? tk(`console.caller.need.${field}`) : undefined;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const absent = missingIn(draft, category);
    setMissing(absent);
    if (absent.length > 0 || category === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      const order = await api.create(orderOf(draft, category, t('console.caller.nobody')), draft.key);
      clear();
      onEnd();
      void queryClient.invalidateQueries({ queryKey: queryKeys.allQueues });
      notify(t('console.caller.done', { number: order.number }));
      await navigate(url.desk({ queue: 'unassigned', order: order.id, in: order.scopeId }));
    } catch (problem) {
      if (isCode(problem, 'idempotency.key_reused')) {
        // The key knows another wording: the first try did arrive. A second order has to be meant.
        change({ key: newKey() });
        setError(t('console.caller.already'));
      } else {
        if (!isPassing(problem)) change({ key: newKey() });
        setError(problemText(problem, text));
      }
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      className={css.page}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
      noValidate
    >
      <header className={css.head}>
        <h1 className={css.title}>{t('console.nav.newOrder')}</h1>
        <p className={css.hint}>{t('console.caller.kept')}</p>
      </header>
      <div className={css.columns}>
        <fieldset className={css.column}>
          <legend className={css.legend}>{t('console.caller.where')}</legend>
          <TextField
            label={t('family.caller.title')}
            type="tel"
            autoComplete="off"
            maxLength={20}
            value={draft.caller}
            onChange={(caller) => {
              change({ caller });
            }}
          />
          <CallerPanel
            phone={draft.caller}
            scopeId={draft.scopeId === '' || own.length > 0 ? undefined : draft.scopeId}
            householdId={draft.householdId}
            onChoose={({ scopeId, householdId }) => {
              change({ scopeId, householdId, place: 'home', buildingId: '', facilityId: '', photoIds: [] });
            }}
          />
          <PlaceFields
            draft={draft}
            change={change}
            seesMany={own.length !== 1}
            errors={{ scope: errorOf('scope'), household: errorOf('household') }}
          />
        </fieldset>
        <fieldset className={css.column}>
          <legend className={css.legend}>{t('console.caller.what')}</legend>
          <TextField
            label={t('console.caller.description')}
            rows={4}
            maxLength={2000}
            value={draft.description}
            onChange={(description) => {
              change({ description });
            }}
            error={errorOf('description')}
          />
          <CategoryPicker
            scopeId={catalogueScope}
            label={t('console.column.matter')}
            place={draft.place}
            words={draft.categoryWords}
            hint={draft.description}
            onWords={(categoryWords) => {
              change({ categoryWords });
            }}
            value={draft.categoryCode === '' ? null : draft.categoryCode}
            onChange={({ code }) => {
              change({ categoryCode: code });
            }}
            error={errorOf('category')}
            isTall
          />
          {category !== undefined && <Limits category={category} />}
          {category?.kind === 'special_need' && (
            <TextField
              label={t('console.order.neededBy')}
              type="datetime-local"
              value={draft.neededBy}
              onChange={(neededBy) => {
                change({ neededBy });
              }}
              error={errorOf('neededBy')}
            />
          )}
        </fieldset>
        <fieldset className={css.column}>
          <legend className={css.legend}>{t('console.caller.who')}</legend>
          <TextField
            label={t('console.caller.name')}
            autoComplete="off"
            maxLength={60}
            value={draft.name}
            onChange={(name) => {
              change({ name });
            }}
          />
          <TextField
            label={t('console.caller.phone')}
            type="tel"
            autoComplete="off"
            maxLength={20}
            value={draft.phone}
            onChange={(phone) => {
              change({ phone });
            }}
            description={t('console.caller.phoneHelp')}
            error={errorOf('phone')}
          />
          <PhotoField
            scopeId={draft.scopeId}
            photoIds={draft.photoIds}
            onChange={(photoIds) => {
              change({ photoIds });
            }}
          />
          {error !== undefined && (
            <p className={css.error} role="alert">
              {error}
            </p>
          )}
          <div className={css.buttons}>
            <Button
              variant="quiet"
              onPress={() => {
                clear();
                change(freshDraft(begin.scopeId));
                setMissing([]);
                setError(undefined);
              }}
            >
              {t('console.caller.reset')}
            </Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              {t('console.caller.submit')}
            </Button>
          </div>
        </fieldset>
      </div>
    </form>
  );
}

const MINUTE = 60_000;

/** What the caller may be told: how soon somebody answers, comes, and has mended it; and whose duty it is. */
function Limits({ category }: { category: Category }) {
  const { t, tk, duration } = useText();
  const limit = (label: string, minutes: number | null) =>
    minutes === null ? null : (
      <div>
        <dt>{label}</dt>
        <dd>{duration(minutes * MINUTE)}</dd>
      </div>
    );
  return (
    <div className={css.limits}>
      <dl>
        {limit(t('clocks.respond'), category.respondMinutes)}
        {limit(t('clocks.arrive'), category.arriveMinutes)}
        {limit(t('clocks.resolve'), category.resolveMinutes)}
      </dl>
      <p>
        {t(`calendars.${category.calendar}`)} · {tk(`duties.${category.duty}`)}
      </p>
    </div>
  );
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { Checkbox } from '@gongzhi/ui/Choice.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Progress, Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ToneIcon } from '@gongzhi/ui/Status.tsx';
import { formatDuration } from '@gongzhi/i18n/when.ts';
import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import { LayoutGrid, Send } from 'lucide-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { Catalogue, Category } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence } from '../app/problems.ts';
import { navigate, usePlace } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { PhotoPicker } from '../features/photos/PhotoPicker.tsx';
import { AboutField } from '../features/report/AboutField.tsx';
import { facilityOf } from '../features/report/facility.ts';
import { PlaceFields } from '../features/report/PlaceFields.tsx';
import { SpeakButton } from '../features/report/SpeakButton.tsx';
import { SimilarReports } from '../features/report/Similar.tsx';
import { useSaid, withSaid } from '../features/report/useSaid.ts';
import { useFacility } from '../features/report/useFacility.ts';
import { needsTime, takesAbout, takesWindows, useReport } from '../features/report/useReport.ts';
import { useMe } from '../features/session/me.ts';
import { WindowPicker } from '../features/visits/WindowPicker.tsx';
import { VoiceField } from '../features/voice/VoiceField.tsx';
import { nameOf } from '../features/work-orders/say.ts';
import css from './ReportPage.module.css';

const CategorySheet = lazy(async () => ({
  default: (await import('../features/report/CategorySheet.tsx')).CategorySheet,
}));

const SUGGESTED = 3;
const MINUTE_MS = 60_000;

export default function ReportPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const report = useReport(me);
  const { draft, change, category, errors, photos, here } = report;
  const facility = useFacility(me, here, draft, change);
  // The code on a lift, opened by the phone's own camera. Taken once: going back must not choose it again.
  const scanned = usePlace()?.search.get('facility') ?? null;
  const { isReady } = draft;
  const { take } = facility;
  useEffect(() => {
    if (scanned === null || !isReady) return;
    take(facilityOf(scanned));
    navigate(url.report(), { isReplacing: true });
  }, [scanned, isReady, take]);
  const said = usePlace()?.search.get('words') ?? null;
  // The catalogue too: what the words are about is guessed as if they were typed here.
  useSaid(said, isReady && !report.catalogue.isPending, (heard) => {
    const description = withSaid(draft.value.description, heard);
    change({ description, ...guess(description, draft.value, report.catalogue.data) });
  });
  // On a slow line the words are there before the catalogue, and it is they that choose all the same.
  const catalogue = report.catalogue.data;
  const guessLate = useEffectEvent(() => {
    const { description, categoryCode } = draft.value;
    if (categoryCode === null && description.trim() !== '')
      change(guess(description, draft.value, catalogue));
  });
  useEffect(() => {
    if (isReady && catalogue !== undefined) guessLate();
  }, [isReady, catalogue]);
  if (!draft.isReady)
    return (
      <>
        <PageHead title={t('mobile.report.title')} back={url.home()} />
        <Skeleton lines={5} isCard label={t('mobile.page.loading')} />
      </>
    );
  const unsent = photos.filter(({ state }) => state === 'sending' || state === 'waiting').length;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        report.send.mutate();
      }}
    >
      <PageHead title={t('mobile.report.title')} back={url.home()} />
      <div className={css.words}>
        <TextField
          label={t('mobile.report.what')}
          placeholder={t('mobile.report.example')}
          rows={4}
          maxLength={2000}
          value={draft.value.description}
          error={errors.description}
          onChange={(description) => {
            change({ description, ...guess(description, draft.value, report.catalogue.data) });
          }}
        />
        <div className={css.ways}>
          <SpeakButton
            onWords={(heard) => {
              const description = `${draft.value.description}${heard}`;
              change({ description, ...guess(description, draft.value, report.catalogue.data) });
            }}
          />
          <VoiceField voice={report.voice} />
        </div>
      </div>
      {facility.trouble !== null && (
        <p className={css.whole} role="alert">
          <ToneIcon tone="late" />
          {t(`mobile.scan.${facility.trouble}`)}
        </p>
      )}
      <CategoryField report={report} />
      <PhotoPicker
        tray={report.tray}
        photos={photos}
        label={t('mobile.report.photos')}
        error={errors.photos}
      />
      <PlaceFields
        draft={draft.value}
        change={change}
        here={here}
        allowed={category?.place ?? 'both'}
        error={errors.place}
        onScanned={take}
      />
      {draft.value.place === 'public' && (
        <SimilarReports draft={draft.value} scopeId={here.scopeId} onFollowed={report.clear} />
      )}
      {draft.value.place === 'home' && takesWindows(category) && (
        <WindowPicker
          label={t('mobile.visit.when')}
          hint={t('mobile.visit.whenText')}
          windows={draft.value.windows}
          onChange={(windows) => {
            change({ windows });
          }}
        />
      )}
      {takesAbout(category) && (
        <AboutField
          scopeId={here.scopeId}
          value={draft.value.aboutOrderId}
          error={errors.about}
          onChange={(aboutOrderId) => {
            change({ aboutOrderId });
          }}
        />
      )}
      {needsTime(category) && (
        <TextField
          label={t('mobile.report.neededBy')}
          description={t('mobile.report.neededByText')}
          type="datetime-local"
          value={draft.value.neededBy}
          error={errors.neededBy}
          onChange={(neededBy) => {
            change({ neededBy });
          }}
        />
      )}
      <Checkbox
        isSelected={draft.value.hasSeveral}
        onChange={(hasSeveral) => {
          change({ hasSeveral });
        }}
      >
        {t('mobile.report.several')}
        <span className={css.hint}>{t('mobile.report.severalText')}</span>
      </Checkbox>
      <div className={css.bar}>
        {errors.whole !== null && (
          <p className={css.whole} role="alert">
            <ToneIcon tone="late" />
            {errors.whole}
          </p>
        )}
        {report.send.isPending && unsent > 0 && (
          <Progress
            value={1 - unsent / Math.max(1, photos.length)}
            label={t('mobile.report.sendingPhotos', { count: unsent })}
          />
        )}
        <Button
          variant="primary"
          size="large"
          isWide
          type="submit"
          icon={Send}
          isBusy={report.send.isPending}
        >
          {t('mobile.report.send')}
        </Button>
      </div>
    </form>
  );
}

/** What the words suggest, until somebody chooses. */
function guess(
  description: string,
  draft: { isCategoryChosen: boolean; place: 'home' | 'public' | null },
  catalogue: Catalogue | undefined,
): { categoryCode?: string | null; place?: 'home' | 'public' } {
  if (draft.isCategoryChosen || catalogue === undefined) return {};
  const best = suggestCategories(description, catalogue.items, null, 1, catalogue.learnt)[0];
  return { categoryCode: best?.code ?? null, ...placeFor(best, draft.place) };
}

/** A category that can only be in one place says where. */
function placeFor(
  category: Category | undefined,
  place: 'home' | 'public' | null,
): { place?: 'home' | 'public' } {
  return category === undefined || category.place === 'both' || category.place === place
    ? {}
    : { place: category.place };
}

function CategoryField({ report }: { report: ReturnType<typeof useReport> }) {
  const words = useWords();
  const { t, locale } = words;
  const [isOpen, setOpen] = useState(false);
  const { draft, category, catalogue, change, errors } = report;
  const categories = catalogue.data?.items ?? [];
  const near = suggestCategories(
    draft.value.description,
    categories,
    null,
    SUGGESTED,
    catalogue.data?.learnt,
  );
  const shown =
    category === null || near.includes(category) ? near : [category, ...near.slice(0, SUGGESTED - 1)];
  const choose = (code: string): void => {
    const chosen = categories.find((one) => one.code === code);
    change({ categoryCode: code, isCategoryChosen: true, ...placeFor(chosen, draft.value.place) });
    setOpen(false);
  };
  return (
    <fieldset className={css.category}>
      <legend className={css.legend}>{t('mobile.report.category')}</legend>
      <div className={css.chips}>
        {shown.map((one) => (
          <button
            key={one.code}
            type="button"
            className={css.chip}
            aria-pressed={one.code === draft.value.categoryCode}
            onClick={() => {
              choose(one.code);
            }}
          >
            {nameOf(locale, one)}
          </button>
        ))}
        <Button
          icon={LayoutGrid}
          isBusy={catalogue.isPending}
          onPress={() => {
            if (catalogue.isError) void catalogue.refetch();
            else setOpen(true);
          }}
        >
          {t(shown.length === 0 ? 'mobile.report.chooseCategory' : 'mobile.report.otherCategory')}
        </Button>
      </div>
      {catalogue.error !== null && <p className={css.error}>{problemSentence(words, catalogue.error)}</p>}
      {errors.category !== undefined && <p className={css.error}>{errors.category}</p>}
      {category !== null && <Limits category={category} />}
      {isOpen && (
        <Suspense fallback={null}>
          <CategorySheet
            categories={categories}
            chosen={draft.value.categoryCode}
            onChoose={choose}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </fieldset>
  );
}

/** The catalogue's own time limits for this, in words. */
function Limits({ category }: { category: Category }) {
  const { t, locale } = useWords();
  const span = (minutes: number): string => formatDuration(locale, minutes * MINUTE_MS);
  const respond = span(category.respondMinutes);
  const sentence =
    category.arriveMinutes === null
      ? t('mobile.report.limitsNoVisit', { respond, resolve: span(category.resolveMinutes) })
      : t('mobile.report.limits', { respond, arrive: span(category.arriveMinutes) });
  return (
    <p className={css.limits} data-emergency={category.isEmergency}>
      {category.isEmergency && <ToneIcon tone="late" />}
      <span>
        {category.isEmergency && <strong>{t('mobile.report.emergencyText')} </strong>}
        {sentence}
        {category.calendar === 'working' && ` ${t('mobile.report.workingHours')}`}
      </span>
    </p>
  );
}

import { Button, Checkbox, Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CatalogueEntry, deskApi, deskKeys } from '../../api-desk.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { ClockPreview } from './clock-preview.tsx';
import { MinutesField } from './minutes-field.tsx';
import css from './rules.module.css';
import { useSaving } from './use-saving.ts';
import { WhatIfView } from './what-if.tsx';

const DUTIES = [
  'inside_home',
  'common_in_warranty',
  'common_out_of_warranty',
  'utility',
  'upstairs_neighbour',
  'property_service',
  'not_property',
] as const;

const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n\uff0c\u3001\uff1b]+/u)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

export interface LimitsDraft {
  respondMinutes: number;
  arriveMinutes: number | null;
  resolveMinutes: number;
  calendar: 'always' | 'working';
}

/** One entry: what it says from a day on, tried out before it is saved. */
export function EntryEditor({
  entry,
  scopeId,
  mayEdit,
  earliest,
}: {
  entry: CatalogueEntry;
  scopeId: string;
  mayEdit: boolean;
  earliest: string;
}) {
  const { t, tk, named } = useText();
  // What is going to hold is what one goes on writing.
  const begin = entry.upcoming.at(-1) ?? entry.current;
  const [draft, setDraft] = useState(() => ({
    ...begin,
    keywordsZh: begin.keywordsZh.join('\u3001'),
    keywordsEn: begin.keywordsEn.join(', '),
    validFrom: begin.validFrom !== null && begin.validFrom >= earliest ? begin.validFrom : earliest,
    reason: '',
  }));
  const [areLimitsWhole, setWhole] = useState({ respond: true, arrive: true, resolve: true });
  const saving = useSaving();
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const isWhole = areLimitsWhole.respond && areLimitsWhole.arrive && areLimitsWhole.resolve;
  const limit = (name: 'respond' | 'arrive' | 'resolve') => (minutes: number | null) => {
    setWhole((before) => ({ ...before, [name]: minutes !== null }));
    if (minutes !== null) change({ [`${name}Minutes`]: minutes });
  };
  const limits: LimitsDraft = {
    respondMinutes: draft.respondMinutes,
    arriveMinutes: draft.arriveMinutes,
    resolveMinutes: draft.resolveMinutes,
    calendar: draft.calendar,
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (saving.isBusy || !isWhole) return;
    const { nameZh, nameEn, photosRequired, duty, isActive, validFrom, reason } = draft;
    await saving.run(async () => {
      await deskApi.saveEntry(entry.code, {
        scopeId,
        validFrom,
        nameZh,
        nameEn,
        keywordsZh: wordsIn(draft.keywordsZh),
        keywordsEn: wordsIn(draft.keywordsEn),
        photosRequired,
        duty,
        isActive,
        reason,
        ...limits,
        expectedVersion: saving.newest ?? entry.ownVersion,
      });
      await queryClient.invalidateQueries({ queryKey: deskKeys.entries(scopeId) });
    });
  };
  return (
    <div className={css.main}>
      <h2 className={css.title}>{named({ zh: entry.current.nameZh, en: entry.current.nameEn })}</h2>
      <p className={css.hint}>
        {mayEdit ? t('desk.catalogue.hint', { date: earliest }) : t('desk.rules.readOnly')}
      </p>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className={css.fields}>
          <legend className="gz-hidden">{t('desk.catalogue.entry')}</legend>
          <div className={css.row}>
            <TextField
              label={t('desk.catalogue.nameZh')}
              value={draft.nameZh}
              maxLength={30}
              isDisabled={!mayEdit}
              error={saving.fault('nameZh')}
              onChange={(nameZh) => {
                change({ nameZh });
              }}
            />
            <TextField
              label={t('desk.catalogue.nameEn')}
              value={draft.nameEn}
              maxLength={60}
              isDisabled={!mayEdit}
              error={saving.fault('nameEn')}
              onChange={(nameEn) => {
                change({ nameEn });
              }}
            />
          </div>
          <div className={css.row}>
            <TextField
              label={t('desk.catalogue.keywordsZh')}
              rows={2}
              value={draft.keywordsZh}
              isDisabled={!mayEdit}
              error={saving.fault('keywordsZh')}
              onChange={(keywordsZh) => {
                change({ keywordsZh });
              }}
            />
            <TextField
              label={t('desk.catalogue.keywordsEn')}
              rows={2}
              value={draft.keywordsEn}
              isDisabled={!mayEdit}
              error={saving.fault('keywordsEn')}
              onChange={(keywordsEn) => {
                change({ keywordsEn });
              }}
            />
          </div>
          <div className={css.limits}>
            <MinutesField
              label={t('console.clock.respond')}
              minutes={draft.respondMinutes}
              error={saving.fault('respondMinutes')}
              onChange={limit('respond')}
            />
            {draft.arriveMinutes !== null && (
              <MinutesField
                label={t('console.clock.arrive')}
                minutes={draft.arriveMinutes}
                error={saving.fault('arriveMinutes')}
                onChange={limit('arrive')}
              />
            )}
            <MinutesField
              label={t('console.clock.resolve')}
              minutes={draft.resolveMinutes}
              error={saving.fault('resolveMinutes')}
              onChange={limit('resolve')}
            />
          </div>
          <Segmented
            label={t('desk.catalogue.calendar')}
            options={(['always', 'working'] as const).map((value) => ({
              value,
              label: t(`desk.calendar.${value}`),
            }))}
            value={draft.calendar}
            error={saving.fault('calendar')}
            onChange={(calendar) => {
              change({ calendar });
            }}
          />
          <div className={css.row}>
            <Select
              label={t('console.order.duty')}
              options={DUTIES.map((value) => ({ value, label: tk(`duties.${value}`) }))}
              value={draft.duty}
              isDisabled={!mayEdit}
              onChange={(value) => {
                const duty = DUTIES.find((one) => one === value);
                if (duty !== undefined) change({ duty });
              }}
            />
            <div className={css.checks}>
              <Checkbox
                isSelected={draft.photosRequired}
                isDisabled={!mayEdit || entry.isEmergency}
                onChange={(photosRequired) => {
                  change({ photosRequired });
                }}
              >
                {t('desk.catalogue.photos')}
              </Checkbox>
              <Checkbox
                isSelected={draft.isActive}
                isDisabled={!mayEdit}
                onChange={(isActive) => {
                  change({ isActive });
                }}
              >
                {t('desk.catalogue.active')}
              </Checkbox>
            </div>
          </div>
          {mayEdit && (
            <div className={css.row}>
              <TextField
                label={t('desk.rules.validFrom')}
                type="date"
                value={draft.validFrom}
                error={saving.fault('validFrom')}
                onChange={(validFrom) => {
                  change({ validFrom });
                }}
              />
              <TextField
                label={t('desk.rules.reason')}
                value={draft.reason}
                maxLength={200}
                error={saving.fault('reason')}
                onChange={(reason) => {
                  change({ reason });
                }}
              />
            </div>
          )}
        </fieldset>
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
        {mayEdit && (
          <div className={css.buttons}>
            <Button type="submit" variant="primary" isBusy={saving.isBusy} isDisabled={!isWhole}>
              {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
            </Button>
          </div>
        )}
      </form>
      {isWhole && <ClockPreview scopeId={scopeId} limits={limits} />}
      {isWhole && <WhatIfView scopeId={scopeId} code={entry.code} limits={limits} />}
      <Versions scopeId={scopeId} code={entry.code} />
    </div>
  );
}

/** What it said before, and who changed it. */
function Versions({ scopeId, code }: { scopeId: string; code: string }) {
  const { t, tk, duration, exact } = useText();
  const versions = useQuery({
    queryKey: [...deskKeys.entries(scopeId), code, 'versions'],
    queryFn: () => deskApi.entryVersions(scopeId, code),
  });
  if (!versions.isSuccess || versions.data.items.length < 2) return null;
  return (
    <section className={css.box} aria-label={t('desk.rules.versions')}>
      <h3 className={css.heading}>{t('desk.rules.versions')}</h3>
      <ul className={css.versions}>
        {versions.data.items.map((one) => (
          <li key={`${one.level}.${one.version}`}>
            <span className={css.tag}>
              {tk(`desk.level.${one.level}`)}
              {one.version > 0 && ` ${one.version}`}
            </span>
            <span>
              {[one.respondMinutes, one.arriveMinutes, one.resolveMinutes]
                .filter((minutes) => minutes !== null)
                .map((minutes) => duration(minutes * 60_000))
                .join(' · ')}
            </span>
            <span className={css.meta}>
              {one.validFrom !== null && t('desk.rules.from', { date: one.validFrom })} {one.changedByName}{' '}
              {one.changedAt !== null && exact(one.changedAt)} {one.reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

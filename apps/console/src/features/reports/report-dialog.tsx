import { uuidv7 } from '@gongzhi/kernel';
import { Checkbox, notify, Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Kind, type Report, type ReportDetail, reportKeys, reportsApi } from './api.ts';
import { bodyOf, type Draft, draftOf, emptyDraft, isKeepDays, ofKind } from './draft.ts';
import css from './reports.module.css';

/** A report, new or changed. What is typed stays until it was taken. */
export function ReportDialog({
  report,
  onSaved,
  onClose,
}: {
  report: Report | null;
  onSaved: (saved: ReportDetail) => void;
  onClose: () => void;
}) {
  const { t, tk, locale } = useText();
  const [draft, change, clear] = useDraft<Draft>(
    `report.${report === null ? 'new' : `${report.id}.${report.version}`}`,
    report === null ? emptyDraft : draftOf(report),
  );
  // Drawn once: pressed again after a lost answer, it is the same report.
  const [id] = useState(() => report?.id ?? uuidv7(Date.now()));
  const { isBusy, error, send } = useSend();
  const kinds = useQuery({ queryKey: reportKeys.kinds(locale), queryFn: () => reportsApi.kinds(locale) });
  const kind = kinds.data?.items.find((one) => one.kind === draft.kind);
  const body = bodyOf(draft, report?.version ?? 0, locale);

  const submit = async (): Promise<void> => {
    if (body === null) return;
    const saved = await send(body, () => reportsApi.save(id, body));
    if (saved === undefined) {
      // Somebody may have changed it: what is shown behind the form is read again.
      void queryClient.invalidateQueries({ queryKey: reportKeys.all });
      return;
    }
    queryClient.setQueryData(reportKeys.report(id), saved);
    void queryClient.invalidateQueries({ queryKey: reportKeys.all });
    clear();
    notify(t('reports.saved'));
    onSaved(saved);
  };

  return (
    <FormDialog
      title={t(report === null ? 'reports.newTitle' : 'reports.editTitle')}
      send={t('common.save')}
      isWhole={body !== null}
      isBusy={isBusy}
      error={error}
      onSend={submit}
      onClose={onClose}
    >
      <TextField
        label={t('reports.name')}
        placeholder={t('reports.namePlaceholder')}
        value={draft.name}
        maxLength={60}
        onChange={(name) => change({ name })}
      />
      <Select
        label={t('reports.kind')}
        placeholder={t('reports.choose')}
        value={draft.kind}
        options={(kinds.data?.items ?? []).map((one) => ({ value: one.kind, label: one.title }))}
        onChange={(chosen) => {
          const found = kinds.data?.items.find((one) => one.kind === chosen);
          change(found === undefined ? { kind: '' } : ofKind(found));
        }}
      />
      {kind !== undefined && (
        <>
          <Select
            label={t('reports.period')}
            value={draft.period}
            options={kind.periods.map((value) => ({ value, label: t(`reports.periods.${value}`) }))}
            onChange={(period) => change({ period })}
          />
          {kind.hasScope && (
            <ScopePicker
              label={t('reports.about')}
              placeholder={t('reports.aboutAll')}
              value={draft.about === '' ? undefined : draft.about}
              onChange={(about) => change({ about: about ?? '' })}
            />
          )}
          {kind.filters.map((filter) => (
            <Select
              key={filter.name}
              label={filter.label}
              {...(filter.isNeeded ? {} : { placeholder: t('reports.any') })}
              value={draft.filters[filter.name] ?? ''}
              options={filter.options}
              onChange={(value) => change({ filters: { ...draft.filters, [filter.name]: value } })}
            />
          ))}
          <Columns kind={kind} draft={draft} change={change} />
        </>
      )}
      <Segmented<Draft['every']>
        label={t('reports.schedule')}
        value={draft.every}
        options={(['none', 'week', 'month', 'workday'] as const).map((value) => ({
          value,
          label: t(`reports.every.${value}`),
        }))}
        onChange={(every) => change({ every, day: '1' })}
      />
      {draft.every !== 'none' && (
        <>
          <div className={css.pair}>
            {draft.every === 'week' && (
              <Select
                label={t('reports.weekday')}
                value={draft.day}
                options={numbers(1, 7).map((value) => ({ value, label: tk(`reports.weekdays.${value}`) }))}
                onChange={(day) => change({ day })}
              />
            )}
            {draft.every === 'month' && (
              <Select
                label={t('reports.monthday')}
                description={t('reports.monthdayWords')}
                value={draft.day}
                options={numbers(1, 31).map((value) => ({ value, label: value }))}
                onChange={(day) => change({ day })}
              />
            )}
            <Select
              label={t('reports.hour')}
              value={draft.hour}
              options={numbers(0, 23).map((value) => ({
                value,
                label: t('reports.hourOf', { hour: value }),
              }))}
              onChange={(hour) => change({ hour })}
            />
          </div>
          {draft.every !== 'workday' && (
            <Checkbox
              isSelected={draft.isWorkdaysOnly}
              onChange={(isWorkdaysOnly) => change({ isWorkdaysOnly })}
            >
              {t('reports.workdaysOnly')}
            </Checkbox>
          )}
          <Segmented<Draft['format']>
            label={t('reports.format')}
            value={draft.format}
            options={(['xlsx', 'pdf'] as const).map((value) => ({
              value,
              label: t(`reports.formats.${value}`),
            }))}
            onChange={(format) => change({ format })}
          />
          <TextField
            label={t('reports.keepDays')}
            inputMode="numeric"
            value={draft.keepDays}
            maxLength={3}
            error={isKeepDays(draft.keepDays) ? undefined : t('reports.keepDaysError')}
            onChange={(keepDays) => change({ keepDays })}
          />
        </>
      )}
      <Checkbox isSelected={draft.isShared} onChange={(isShared) => change({ isShared })}>
        {t('reports.share')}
        <span className={css.hint}>{t('reports.shareWords')}</span>
      </Checkbox>
    </FormDialog>
  );
}

function Columns({
  kind,
  draft,
  change,
}: {
  kind: Kind;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}) {
  const { t } = useText();
  return (
    <fieldset className={css.columns}>
      <legend>{t('reports.columns')}</legend>
      <p className={css.hint}>{t('reports.columnsWords')}</p>
      {kind.columns.map(({ key, label }) => (
        <Checkbox
          key={key}
          isSelected={draft.columns.includes(key)}
          onChange={(isChosen) => {
            // In the order of the list, whichever was ticked first.
            const chosen = new Set(draft.columns);
            if (isChosen) chosen.add(key);
            else chosen.delete(key);
            change({ columns: kind.columns.flatMap((one) => (chosen.has(one.key) ? [one.key] : [])) });
          }}
        >
          {label}
        </Checkbox>
      ))}
    </fieldset>
  );
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

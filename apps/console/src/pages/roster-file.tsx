import { Button } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { useFirstDepartment } from '../components/scope-picker.tsx';
import { ShiftColumnsForm, ShiftFaults, ShiftFiles } from '../features/dispatch/shift-file.tsx';
import css from '../features/dispatch/shift-file.module.css';
import { shiftApi, type ShiftColumns, type ShiftResult } from '../features/dispatch/shift-file-api.ts';
import { DropZone } from '../features/imports/drop-zone.tsx';

/** A department's shifts from a file: checked first, and nothing is entered before a person has seen what was found. */
export default function RosterFilePage() {
  const text = useText();
  const { t, number } = text;
  useTitle(t('shiftFile.title'));
  const search = useSearch({ from: '/shell/roster/file' });
  const { acting } = useMe();
  const isCompany = acting.role === 'company';
  const first = useFirstDepartment(isCompany && search.scope === undefined);
  const scopeId = search.scope ?? (isCompany ? first : undefined);
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<ShiftColumns | null>(null);
  const [found, setFound] = useState<ShiftResult | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const send = async (chosen: File, said: ShiftColumns | null, isTrial: boolean): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      const body = new Blob([chosen], { type: 'application/octet-stream' });
      const result = await shiftApi.send(
        scopeId,
        { name: chosen.name.slice(-200), body },
        said,
        isTrial,
        newKey(),
      );
      setFound(result);
      if (!isTrial) void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
    } catch (problem) {
      setFound(null);
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  const isTaken = found !== null && found.fileId !== null;
  const example = found?.shifts[0];
  return (
    <div className={css.page}>
      <header>
        <div className={css.head}>
          <h1 className={css.title}>{t('shiftFile.title')}</h1>
          <Link {...url.roster(search.scope === undefined ? {} : { scope: search.scope })}>
            {t('shiftFile.back')}
          </Link>
        </div>
        <p className={css.quiet}>
          {example === undefined ? t('shiftFile.hintNone') : t('shiftFile.hint', { example })}
        </p>
      </header>
      <DropZone
        limits={t('shiftFile.limits')}
        sending={isBusy && file !== null ? file.name : undefined}
        onFile={(chosen) => {
          setFile(chosen);
          setFound(null);
          setColumns(null);
          void send(chosen, null, true);
        }}
      />
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {found !== null && (
        <section className={css.part} aria-label={t('shiftFile.found')}>
          <h2 className={css.heading}>{file?.name ?? t('shiftFile.found')}</h2>
          {found.missing.length > 0 ? (
            <p className={css.error} role="alert">
              {t('shiftFile.missing', {
                fields: found.missing
                  .map((field) =>
                    field === 'name' ? t('shiftFile.nameOrPhone') : t(`shiftFile.column.${field}`),
                  )
                  .join(t('common.listSeparator')),
              })}
            </p>
          ) : (
            <p role="status">
              {isTaken
                ? t('shiftFile.taken', { taken: number(found.taken) })
                : t('shiftFile.result', {
                    rows: number(found.rows),
                    taken: number(found.taken),
                    known: number(found.known),
                    free: number(found.free),
                    faults: number(found.faults.length),
                  })}
            </p>
          )}
          {found.faults.length > 0 && <ShiftFaults faults={found.faults} />}
          {!isTaken && found.titles.length > 0 && (
            <ShiftColumnsForm
              key={JSON.stringify(found.columns)}
              found={found}
              isBusy={isBusy}
              onCheck={(said) => {
                setColumns(said);
                if (file !== null) void send(file, said, true);
              }}
            />
          )}
          {!isTaken && found.missing.length === 0 && found.taken > 0 && file !== null && (
            <div className={css.buttons}>
              <Button variant="primary" isBusy={isBusy} onPress={() => void send(file, columns, false)}>
                {t('shiftFile.take', { count: found.taken })}
              </Button>
            </div>
          )}
        </section>
      )}
      {(!isCompany || scopeId !== undefined) && <ShiftFiles scopeId={scopeId} />}
    </div>
  );
}

import { Button, Select, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { queryClient } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { type FileResult, hotlineApi, hotlineKeys, type Mapping } from '../features/hotline/api.ts';
import css from '../features/hotline/form.module.css';
import { Columns } from '../features/hotline/file-columns.tsx';
import { FaultTable } from '../features/hotline/file-faults.tsx';
import { DropZone } from '../features/imports/drop-zone.tsx';
import { Pending } from '../components/pending.tsx';

/** A hotline's file: checked first, and nothing is taken in before a person has seen what was found. */
export default function HotlineFilePage() {
  const text = useText();
  const { t, tk, number } = text;
  useTitle(t('hotline.file.title'));
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState('');
  const [found, setFound] = useState<FileResult | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const mappings = useQuery({ queryKey: hotlineKeys.mappings, queryFn: hotlineApi.mappings });

  const send = async (chosen: File, saved: string, isTrial: boolean): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      const result = await hotlineApi.sendFile(
        { name: chosen.name.slice(-200), ...(saved === '' ? {} : { mapping: saved }), trial: isTrial },
        new Blob([chosen], { type: 'application/octet-stream' }),
        newKey(),
      );
      setFound(result);
      if (!isTrial) {
        void queryClient.invalidateQueries({ queryKey: hotlineKeys.files });
        void queryClient.invalidateQueries({ queryKey: ['queues'] });
      }
    } catch (problem) {
      setFound(null);
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  const save = async (name: string, columns: Mapping): Promise<void> => {
    setError(null);
    try {
      await hotlineApi.saveMapping(name, columns);
      await queryClient.invalidateQueries({ queryKey: hotlineKeys.mappings });
      setMapping(name);
      if (file !== null) await send(file, name, true);
    } catch (problem) {
      setError(problemText(problem, text));
    }
  };
  const isTaken = found !== null && found.batchId !== null;

  return (
    <div className={css.page}>
      <header>
        <h1 className={css.title}>{t('hotline.file.title')}</h1>
        <p className={css.quiet}>{t('hotline.file.hint')}</p>
      </header>
      {(mappings.data?.items.length ?? 0) > 0 && (
        <Select
          label={t('hotline.file.mapping')}
          placeholder={t('hotline.file.mapping.auto')}
          options={(mappings.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          value={mapping}
          onChange={(name) => {
            setMapping(name);
            if (file !== null) void send(file, name, true);
          }}
        />
      )}
      <DropZone
        limits={t('hotline.file.limits')}
        sending={isBusy && file !== null ? file.name : undefined}
        onFile={(chosen) => {
          setFile(chosen);
          setFound(null);
          void send(chosen, mapping, true);
        }}
      />
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {found !== null && (
        <section className={css.part} aria-label={t('hotline.file.found')}>
          <h2 className={css.heading}>{file?.name ?? t('hotline.file.found')}</h2>
          {found.missing.length > 0 ? (
            <p className={css.error} role="alert">
              {t('hotline.file.missing', {
                fields: found.missing
                  .map((name) => tk(`hotline.column.${name}`))
                  .join(t('common.listSeparator')),
              })}
            </p>
          ) : (
            <p role="status">
              {isTaken
                ? t('hotline.file.taken', { taken: number(found.taken), known: number(found.known) })
                : t('hotline.file.result', {
                    rows: number(found.rows),
                    taken: number(found.taken),
                    known: number(found.known),
                    faults: number(found.faults.length),
                  })}
            </p>
          )}
          {found.faults.length > 0 && <FaultTable faults={found.faults} />}
          {!isTaken && <Columns key={JSON.stringify(found.mapping)} found={found} onSave={save} />}
          {!isTaken && found.missing.length === 0 && found.taken > 0 && file !== null && (
            <div className={css.buttons}>
              <Button variant="primary" isBusy={isBusy} onPress={() => void send(file, mapping, false)}>
                {t('hotline.file.take', { count: number(found.taken) })}
              </Button>
            </div>
          )}
        </section>
      )}
      <History />
    </div>
  );
}

/** What was taken in here before, and what was wrong in it. */
function History() {
  const { t, when } = useText();
  const now = useNow();
  const files = useQuery({ queryKey: hotlineKeys.files, queryFn: hotlineApi.files });
  if (!files.isSuccess) return <Pending of={files} lines={3} />;
  if (files.data.items.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('hotline.file.history')}>
      <h2 className={css.heading}>{t('hotline.file.history')}</h2>
      <ul className={css.list}>
        {files.data.items.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.name}</strong>{' '}
              <span className={css.quiet}>
                {one.sentName} · {when(one.sentAt, now)}
              </span>
            </span>
            <span>
              {t('hotline.file.result', {
                rows: one.rows,
                taken: one.taken,
                known: one.known,
                faults: one.faults.length,
              })}
            </span>
            {one.faults.length > 0 && (
              <details>
                <summary>{t('hotline.file.faults')}</summary>
                <FaultTable faults={one.faults} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

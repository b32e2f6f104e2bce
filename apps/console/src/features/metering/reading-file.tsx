import { Button, Dialog, Select } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { meterKinds, type MeterKindWord } from '../../app/routes-meters.ts';
import { useText } from '../../app/text.ts';
import { DropZone } from '../imports/drop-zone.tsx';
import { again, type FileAnswer, meteringApi } from './api.ts';
import css from './metering.module.css';

const columns = ['serial', 'value', 'day'] as const;
type Columns = Partial<Record<(typeof columns)[number], string>>;

/** Readings out of a file: tried first, said row by row what is wrong, and only then taken in. */
export function ReadingFile({
  scopeId,
  kind: first,
  onClose,
}: {
  scopeId: string;
  kind: MeterKindWord | undefined;
  onClose: () => void;
}) {
  const text = useText();
  const { t, number } = text;
  const [kind, setKind] = useState<MeterKindWord>(first ?? 'power');
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setChosen] = useState<Columns>({});
  const [found, setFound] = useState<FileAnswer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  // The same file meant once is taken once, however often it is pressed.
  const [key, setKey] = useState(newKey);
  const send = async (sent: File, of: MeterKindWord, as: Columns, isTrial: boolean): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      const body = new Blob([sent], { type: 'application/octet-stream' });
      setFound(await meteringApi.sendFile({ scopeId, kind: of, trial: isTrial, ...as }, body, key));
      if (!isTrial) again();
    } catch (problem) {
      setFound(null);
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  const anew = (sent: File, of: MeterKindWord, as: Columns): void => {
    setKey(newKey());
    setFound(null);
    void send(sent, of, as, true);
  };
  const counts = (answer: FileAnswer) => ({
    taken: number(answer.taken),
    held: number(answer.held),
    known: number(answer.known),
    faults: number(answer.faults.length),
  });
  const needsWords = (found?.missing.length ?? 0) > 0 || Object.keys(chosen).length > 0;
  const mayTake = found?.isTrial === true && found.missing.length === 0 && found.taken + found.held > 0;
  return (
    <Dialog
      title={t('metering.round.file')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            isDisabled={!mayTake}
            onPress={() => {
              if (file !== null) void send(file, kind, chosen, false);
            }}
          >
            {t('metering.round.take')}
          </Button>
        </>
      }
    >
      <div className={css.part}>
        <Select
          label={t('metering.filter.kind')}
          value={kind}
          options={meterKinds.map((value) => ({ value, label: t(`metering.kind.${value}`) }))}
          onChange={(next) => {
            const of = meterKinds.find((value) => value === next) ?? 'power';
            setKind(of);
            if (file !== null) anew(file, of, chosen);
          }}
        />
        <DropZone
          limits={t('metering.round.fileHint')}
          sending={isBusy && file !== null ? file.name : undefined}
          onFile={(sent) => {
            setFile(sent);
            setChosen({});
            anew(sent, kind, {});
          }}
        />
        {file !== null && <p className={css.quiet}>{file.name}</p>}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
        {found !== null && needsWords && (
          <>
            {found.missing.length > 0 && (
              <p className={css.error} role="alert">
                {t('metering.round.columns')}
              </p>
            )}
            <div className={css.three}>
              {columns.map((column) => (
                <Select
                  key={column}
                  label={t(`metering.round.column.${column}`)}
                  value={chosen[column] ?? ''}
                  options={[
                    { value: '', label: t('metering.form.choose') },
                    ...[...new Set(found.titles)].map((title) => ({ value: title, label: title })),
                  ]}
                  onChange={(title) => {
                    const { [column]: _before, ...rest } = chosen;
                    const as = title === '' ? rest : { ...rest, [column]: title };
                    setChosen(as);
                    if (file !== null) anew(file, kind, as);
                  }}
                />
              ))}
            </div>
          </>
        )}
        {found !== null && found.missing.length === 0 && (
          <>
            <p role="status">
              {t(found.isTrial ? 'metering.round.tried' : 'metering.round.taken', counts(found))}
            </p>
            {found.faults.length > 0 && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              <section className={css.faults} tabIndex={0} aria-label={t('metering.round.faults')}>
                <ul className={css.plain}>
                  {found.faults.map((fault) => (
                    <li key={`${fault.line} ${fault.code}`}>
                      {t('metering.round.fault', {
                        line: fault.line,
                        why: text.tk(
                          `metering.fileFault.${fault.code}`,
                          fault.params,
                          'metering.fileFault.other',
                        ),
                      })}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

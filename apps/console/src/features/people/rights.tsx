import { localDate } from '@gongzhi/kernel';
import { Button, Dialog, ErrorState, notify, Skeleton, TextField } from '@gongzhi/ui';
import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { saveAs } from '@gongzhi/ui/client/save.ts';
import { useQuery } from '@tanstack/react-query';
import { FileDown, UserRoundX } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { PersonDetail } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './rights.module.css';

/** What the person may ask of whoever answers for the data here: all of it in one file, or its erasure. */
export function Rights({ person }: { person: PersonDetail }) {
  const { t } = useText();
  const mayExport = useMay('person.export');
  const mayErase = useMay('person.erase');
  const [asked, setAsked] = useState<'export' | 'erase' | null>(null);
  if (!mayExport && !mayErase) return null;
  return (
    <section className={css.rights} aria-label={t('personal.title')}>
      <h3 className={css.heading}>{t('personal.title')}</h3>
      <p className={css.aside}>{t('personal.text')}</p>
      <p className={css.buttons}>
        {mayExport && (
          <Button size="small" icon={FileDown} onPress={() => setAsked('export')}>
            {t('personal.export')}
          </Button>
        )}
        {mayErase && (
          <Button size="small" variant="quiet" icon={UserRoundX} onPress={() => setAsked('erase')}>
            {t('personal.erase')}
          </Button>
        )}
      </p>
      {asked !== null && <Asked person={person} what={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Asked({
  person,
  what,
  onClose,
}: {
  person: PersonDetail;
  what: 'export' | 'erase';
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const key = useRef<string | null>(null);
  const plan = useQuery({
    queryKey: queryKeys.erasure(person.id),
    queryFn: () => api.erasure(person.scopeId, person.id),
    enabled: what === 'erase',
    staleTime: 0,
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const said = words.trim();
    if (said.length < 2 || isBusy || (what === 'erase' && plan.data?.mayErase !== true)) return;
    setBusy(true);
    setError(null);
    try {
      if (what === 'export') {
        const data = await api.exportPerson(person.scopeId, person.id, said);
        saveAs(data, `person-${person.id}-${localDate(Date.now())}.json`);
        notify(t('personal.exported'));
      } else {
        key.current ??= newKey();
        await api.erasePerson(person.scopeId, person.id, said, key.current);
        await queryClient.invalidateQueries({ queryKey: queryKeys.person(person.id) });
        void queryClient.invalidateQueries({ queryKey: queryKeys.allPeople });
        notify(t('personal.erased'));
      }
      onClose();
    } catch (failure) {
      if (!isPassing(failure)) key.current = null;
      setError(problemText(failure, text));
      if (what === 'erase') void plan.refetch();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(what === 'export' ? 'personal.exportOf' : 'personal.eraseOf', { name: person.nameMasked })}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            form="rights"
            type="submit"
            variant={what === 'erase' ? 'danger' : 'primary'}
            isBusy={isBusy}
            isDisabled={what === 'erase' && plan.data?.mayErase !== true}
          >
            {t(what === 'export' ? 'personal.export' : 'personal.erase')}
          </Button>
        </>
      }
    >
      <form id="rights" className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <p>{t(what === 'export' ? 'personal.exportText' : 'personal.eraseText')}</p>
        {what === 'erase' && plan.isPending && <Skeleton label={t('common.loading')} lines={4} />}
        {what === 'erase' && plan.isError && (
          <ErrorState text={problemText(plan.error, text)} onRetry={() => void plan.refetch()} />
        )}
        {plan.data !== undefined && (
          <ul className={css.lines}>
            {plan.data.lines.map((line) => (
              <li key={line.part} data-verdict={line.verdict}>
                <span className={css.verdict}>{t(`personal.verdict.${line.verdict}`)}</span>
                <span>
                  {t(`personal.part.${line.part}`)}
                  {line.count !== null && line.verdict !== 'refused' && ` (${line.count})`}
                  <span className={css.reason}>{t(`personal.reason.${line.reason}`)}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={t('personal.words')}
          value={words}
          onChange={setWords}
          maxLength={200}
          error={isTried && words.trim().length < 2 ? t('personal.wordsNeeded') : undefined}
        />
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

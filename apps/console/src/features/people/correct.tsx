import { Button, Checkbox, Dialog, notify, TextField } from '@gongzhi/ui';
import { ApiProblem, isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { UserRoundPen } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { PersonDetail } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './rights.module.css';

/** A name or phone that stands wrongly is put right; what stood there is not shown for it. */
export function Correct({ person }: { person: PersonDetail }) {
  const { t } = useText();
  const may = useMay('person.correct');
  const [isOpen, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button size="small" icon={UserRoundPen} onPress={() => setOpen(true)}>
        {t('people.correct')}
      </Button>
      {isOpen && <Form person={person} onClose={() => setOpen(false)} />}
    </>
  );
}

function Form({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const text = useText();
  const { t, tk } = text;
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [hasNoPhone, setNoPhone] = useState(false);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const key = useRef<string | null>(null);
  const isEmpty = name.trim() === '' && phone.trim() === '' && !hasNoPhone;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isEmpty || reason.trim().length < 2 || isBusy) return;
    setBusy(true);
    setError(null);
    setLacks({});
    try {
      key.current ??= newKey();
      await api.correctPerson(
        person.scopeId,
        person.id,
        {
          expectedVersion: person.version,
          reason: reason.trim(),
          ...(name.trim() === '' ? {} : { name: name.trim() }),
          ...(hasNoPhone ? { phone: null } : phone.trim() === '' ? {} : { phone: phone.trim() }),
        },
        key.current,
      );
      notify(t('people.corrected'));
      onClose();
    } catch (failure) {
      if (!isPassing(failure)) key.current = null;
      if (failure instanceof ApiProblem)
        setLacks(
          Object.fromEntries(
            failure.fields.map(({ path, code }) => [
              path.split('/').at(-1) ?? '',
              tk(`fieldErrors.${code}`, {}, 'fieldErrors.invalid'),
            ]),
          ),
        );
      setError(problemText(failure, text));
    } finally {
      setBusy(false);
      void queryClient.invalidateQueries({ queryKey: queryKeys.person(person.id) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.allPeople });
    }
  };
  return (
    <Dialog
      title={t('people.correctOf', { name: person.nameMasked })}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button form="correct-person" type="submit" variant="primary" isBusy={isBusy}>
            {t('people.correct.do')}
          </Button>
        </>
      }
    >
      <form id="correct-person" className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <p>{t('people.correct.text')}</p>
        <TextField
          label={t('people.correct.name')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={isTried && isEmpty ? t('people.correct.need') : lacks['name']}
        />
        <TextField
          label={t('people.correct.phone')}
          type="tel"
          maxLength={24}
          value={phone}
          isDisabled={hasNoPhone}
          onChange={setPhone}
          description={t('people.correct.phoneText')}
          error={lacks['phone']}
        />
        {person.phoneMasked !== null && (
          <Checkbox isSelected={hasNoPhone} onChange={setNoPhone}>
            {t('people.correct.noPhone')}
          </Checkbox>
        )}
        <TextField
          label={t('people.correct.reason')}
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={isTried && reason.trim().length < 2 ? t('household.need.reason') : lacks['reason']}
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

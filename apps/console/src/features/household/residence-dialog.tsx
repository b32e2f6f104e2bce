import { addDays, localDate } from '@gongzhi/kernel';
import { Button, Checkbox, Dialog, notify, Segmented, TextField } from '@gongzhi/ui';
import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { type FormEvent, useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { Body, HouseholdDetail, Tie } from '../../api-types.ts';
import { isCode, problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './household.module.css';
import { PersonField, type Who, whoIs } from './person-field.tsx';

export type Deed =
  | { readonly action: 'move_in' | 'sell' }
  | { readonly action: 'move_out' | 'correct'; readonly tie: Tie };

type Command = Body<'commandHousehold'>;
const RELATIONS = ['owner', 'tenant', 'family'] as const;

/** One thing that happens to a household. What was typed stays until it is entered or given up. */
export function ResidenceDialog({
  household,
  deed,
  onClose,
}: {
  household: HouseholdDetail;
  deed: Deed;
  onClose: () => void;
}) {
  const text = useText();
  const { t, tk } = text;
  const [today] = useState(() => localDate(Date.now()));
  const [who, setWho] = useState<Who>({ kind: 'new', name: '', phone: '', person: null });
  const [relation, setRelation] = useState<(typeof RELATIONS)[number]>('tenant');
  const [on, setOn] = useState(deed.action === 'move_out' ? addDays(today, 1) : today);
  const [until, setUntil] = useState('');
  const [doTenantsStay, setTenantsStay] = useState(true);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isStale, setStale] = useState(false);
  const key = useRef<string | null>(null);

  const name = 'tie' in deed ? deed.tie.nameMasked : '';
  const title = {
    move_in: t('household.moveInTo', { label: household.label }),
    sell: t('household.sellOf', { label: household.label }),
    move_out: t('household.moveOutOf', { name }),
    correct: t('household.correctOf', { name }),
  }[deed.action];

  const commandNow = (): Command | null => {
    const expectedVersion = household.version;
    const person = whoIs(who);
    switch (deed.action) {
      case 'move_in':
        return person === null || on === ''
          ? null
          : {
              action: 'move_in',
              expectedVersion,
              person,
              relation,
              startsOn: on,
              ...(until === '' ? {} : { endsOn: until }),
            };
      case 'sell':
        return person === null || on === ''
          ? null
          : { action: 'sell', expectedVersion, soldOn: on, buyer: person, doTenantsStay };
      case 'move_out':
        return on === ''
          ? null
          : { action: 'move_out', expectedVersion, occupancyId: deed.tie.occupancyId, endsOn: on };
      case 'correct':
        return reason.trim().length < 2
          ? null
          : { action: 'correct', expectedVersion, occupancyId: deed.tie.occupancyId, reason: reason.trim() };
    }
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const command = commandNow();
    if (command === null || isBusy) return;
    setBusy(true);
    setError(null);
    setStale(false);
    key.current ??= newKey();
    try {
      const after = await api.householdCommand(household.scopeId, household.id, command, key.current);
      queryClient.setQueryData(queryKeys.household(household.id), after);
      void queryClient.invalidateQueries({ queryKey: queryKeys.allPeople });
      for (const one of [...after.people, ...after.coming, ...after.former])
        void queryClient.invalidateQueries({ queryKey: queryKeys.person(one.id) });
      notify(t('household.saved'));
      onClose();
    } catch (failure) {
      // While only the line fails it is still the same deed; another answer makes the next try a new one.
      if (!isPassing(failure)) key.current = null;
      if (isCode(failure, 'residence.stale')) {
        await queryClient.invalidateQueries({ queryKey: queryKeys.household(household.id) });
        setStale(true);
      } else setError(problemText(failure, text));
    } finally {
      setBusy(false);
    }
  };

  const dateField = (label: string, value: string, onChange: (value: string) => void, words?: string) => (
    <TextField
      label={label}
      type="date"
      value={value}
      onChange={(next) => {
        key.current = null;
        onChange(next);
      }}
      {...(words === undefined ? {} : { description: words })}
    />
  );
  const needsDate = isTried && on === '' ? t('household.need.date') : undefined;
  const needsWho = isTried && whoIs(who) === null ? t('household.need.person') : undefined;
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            form="residence"
            type="submit"
            variant={deed.action === 'correct' ? 'danger' : 'primary'}
            isBusy={isBusy}
          >
            {deed.action === 'correct' ? t('household.correct') : t('household.save')}
          </Button>
        </>
      }
    >
      <form id="residence" className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {isStale && (
          <p className={css.stale} role="alert">
            {t('household.stale')}
          </p>
        )}
        {(deed.action === 'move_in' || deed.action === 'sell') && (
          <PersonField
            scopeId={household.scopeId}
            value={who}
            onChange={(next) => {
              key.current = null;
              setWho(next);
            }}
            error={needsWho}
          />
        )}
        {deed.action === 'move_in' && (
          <>
            <Segmented
              label={t('household.relation')}
              options={RELATIONS.map((value) => ({ value, label: tk(`console.relation.${value}`) }))}
              value={relation}
              onChange={(next) => {
                key.current = null;
                setRelation(next);
              }}
            />
            <div className={css.pair}>
              {dateField(t('household.startsOn'), on, setOn)}
              {dateField(t('household.endsOn'), until, setUntil)}
            </div>
          </>
        )}
        {deed.action === 'sell' && (
          <>
            {dateField(t('household.soldOn'), on, setOn, t('household.soldOnWords'))}
            <Checkbox isSelected={doTenantsStay} onChange={setTenantsStay}>
              {t('household.tenantsStay')}
            </Checkbox>
          </>
        )}
        {deed.action === 'move_out' &&
          dateField(t('household.startsOn'), on, setOn, t('household.endsOnWords'))}
        {deed.action === 'correct' && (
          <>
            <p>{t('household.correctWords')}</p>
            <TextField
              label={t('household.reason')}
              value={reason}
              onChange={setReason}
              maxLength={200}
              error={isTried && reason.trim().length < 2 ? t('household.need.reason') : undefined}
            />
          </>
        )}
        {needsDate !== undefined && (
          <p className={css.error} role="alert">
            {needsDate}
          </p>
        )}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

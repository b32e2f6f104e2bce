import { Button, Checkbox, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { DAY, HOUR } from '@gongzhi/kernel';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { instantOf, wallOf } from '../hotline/words.ts';
import { fieldTexts, type Issued, PASSES, passesApi } from './api.ts';
import css from './css.ts';

type Wish = Body<'issuePass'>;
type Kind = Wish['kind'];
const kinds = [
  'card',
  'visitor',
  'courier',
  'delivery',
  'helper',
  'contractor',
  'staff',
  'vehicle',
  'minor',
] as const satisfies readonly Kind[];
const cars = ['resident', 'monthly', 'temporary', 'visitor'] as const;
const NOBODY = 'nobody';
const week = [1, 2, 3, 4, 5, 6, 7] as const;
const clock = Array.from({ length: 25 }, (_, hour) => hour);

/** How long one of a kind mostly holds; null: without an end. */
const usual: Readonly<Record<Kind, number | null>> = {
  card: null,
  minor: null,
  visitor: 8 * HOUR,
  courier: HOUR,
  delivery: 2 * HOUR,
  helper: 90 * DAY,
  contractor: 30 * DAY,
  staff: 180 * DAY,
  vehicle: 30 * DAY,
};

/** For whoever cannot or need not ask by phone. */
export function IssueDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [kind, setKind] = useState<Kind>('card');
  const [car, setCar] = useState<(typeof cars)[number]>('resident');
  const [words, setWords] = useState('');
  const [householdId, setHouseholdId] = useState('');
  const [personId, setPersonId] = useState('');
  const [accountId, setAccountId] = useState('');
  const [isOnShiftOnly, setOnShiftOnly] = useState(true);
  const [typed, setTyped] = useState({
    name: '',
    phone: '',
    plate: '',
    card: '',
    authority: '',
    permitNumber: '',
    bornOn: '',
    entries: '1',
  });
  const [from, setFrom] = useState(() => wallOf(Date.now()));
  const [until, setUntil] = useState('');
  const [days, setDays] = useState<number[]>([1, 2, 3, 4, 5]);
  const [hours, setHours] = useState<[number, number]>([8, 18]);
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string | null>(null);
  const [intent] = useState(() => new Intent<Body<'issuePass'>>());
  const [issued, setIssued] = useState<Issued | null>(null);

  const isVehicle = kind === 'vehicle';
  const isOfPerson = kind === 'card' || kind === 'minor';
  const hasHours = kind === 'helper' || kind === 'contractor';
  const hasEnd = !isOfPerson && !(isVehicle && car === 'resident');
  const choose = (next: Kind): void => {
    setKind(next);
    setLacks({});
    const long = usual[next];
    setUntil(long === null ? '' : wallOf(Date.now() + long));
  };
  const home = useQuery({
    queryKey: queryKeys.household(householdId),
    queryFn: () => api.household(scopeId, householdId),
    enabled: isOfPerson && householdId !== '',
  });
  const colleagues = useQuery({
    queryKey: [PASSES, 'staff', scopeId],
    queryFn: () => api.staff(scopeId),
    enabled: kind === 'staff',
  });
  const people = home.data?.people.filter(({ until: ends }) => ends === null) ?? [];
  const said = (name: keyof typeof typed): Record<string, string> =>
    typed[name].trim() === '' ? {} : { [name]: typed[name].trim() };
  const bodyOf = (): Wish => ({
    scopeId,
    kind,
    ...(householdId === '' ? {} : { householdId }),
    ...(isOfPerson && personId !== '' ? { personId } : {}),
    ...said('name'),
    ...(kind === 'staff' && accountId !== '' ? { accountId, onShiftOnly: isOnShiftOnly } : {}),
    ...said('phone'),
    ...said('plate'),
    ...(isVehicle ? { vehicleKind: car } : {}),
    ...(isOfPerson ? said('card') : {}),
    ...(kind === 'contractor' ? { ...said('authority'), ...said('permitNumber') } : {}),
    ...(kind === 'minor' ? said('bornOn') : {}),
    ...(kind === 'visitor' ? { entries: Math.max(1, Number(typed.entries) || 1) } : {}),
    ...(hasHours && days.length > 0
      ? { hours: [{ days, fromMinute: hours[0] * 60, toMinute: hours[1] * 60 }] }
      : {}),
    validFrom: instantOf(from) ?? new Date().toISOString(),
    ...(hasEnd && instantOf(until) !== null ? { validTo: instantOf(until) ?? '' } : {}),
  });
  const issue = useMutation({
    // From now on, where nothing else was said: of the moment it was pressed first.
    mutationFn: () => intent.send({ ...bodyOf(), validFrom: from }, bodyOf, passesApi.issue),
    onSuccess: (done) => {
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      if (done.digits === null) {
        notify(t('passDesk.issue.done'));
        onClose();
      } else setIssued(done);
    },
    onError: (problem) => {
      const found = fieldTexts(problem, text);
      setLacks(found);
      setError(Object.keys(found).length === 0 ? problemText(problem, text) : null);
    },
  });
  const field = (name: keyof typeof typed, label: string, more: object = {}) => (
    <TextField
      label={label}
      maxLength={60}
      value={typed[name]}
      error={lacks[name]}
      onChange={(value) => {
        setTyped({ ...typed, [name]: value });
      }}
      {...more}
    />
  );
  const hour = (label: string, index: 0 | 1) => (
    <Select
      label={label}
      options={clock.map((at) => ({ value: String(at), label: `${String(at).padStart(2, '0')}:00` }))}
      value={String(hours[index])}
      onChange={(at) => {
        setHours(index === 0 ? [Number(at), hours[1]] : [hours[0], Number(at)]);
      }}
    />
  );
  if (issued !== null)
    return (
      <Dialog
        title={t('passDesk.issue.done')}
        isOpen
        isAlert
        onOpenChange={onClose}
        footer={
          <Button variant="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        }
      >
        <div className={css.form}>
          <p>{issued.pass.name}</p>
          <p className={css.note}>{t('passDesk.issue.digits')}</p>
          <p className={css.digits}>{issued.digits}</p>
          <p className={css.note}>{t('passDesk.issue.hand')}</p>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      title={t('passDesk.issue')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={issue.isPending}
            onPress={() => {
              issue.mutate();
            }}
          >
            {t('passDesk.issue.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Select
          label={t('passDesk.kind')}
          options={kinds.map((value) => ({ value, label: t(`pass.kind.${value}`) }))}
          value={kind}
          onChange={(value) => {
            choose(value as Kind);
          }}
        />
        {isVehicle && (
          <Select
            label={t('passDesk.issue.vehicle')}
            options={cars.map((value) => ({ value, label: t(`pass.vehicleKind.${value}`) }))}
            value={car}
            error={lacks['vehicleKind']}
            onChange={(value) => {
              setCar(value as typeof car);
            }}
          />
        )}
        {kind !== 'staff' && (
          <HouseholdPicker
            scopeId={scopeId}
            words={words}
            onWords={setWords}
            value={householdId}
            onChange={(id) => {
              setHouseholdId(id);
              setPersonId('');
            }}
            error={lacks['householdId']}
          />
        )}
        {isOfPerson && householdId !== '' && (
          <Select
            label={t('passDesk.issue.person')}
            description={t('passDesk.issue.person.words')}
            placeholder={t('passDesk.issue.choosePerson')}
            options={people.map((person) => ({ value: person.id, label: person.nameMasked }))}
            value={personId}
            error={lacks['personId']}
            onChange={setPersonId}
          />
        )}
        {kind === 'staff' && (
          <>
            <Select
              label={t('passDesk.issue.colleague')}
              description={t('passDesk.issue.colleague.words')}
              options={[
                { value: NOBODY, label: t('passDesk.issue.notOurs') },
                ...(colleagues.data?.items ?? []).map((one) => ({
                  value: one.accountId,
                  label: `${one.displayName} ${one.title}`,
                })),
              ]}
              value={accountId === '' ? NOBODY : accountId}
              error={lacks['accountId']}
              onChange={(id) => {
                setAccountId(id === NOBODY ? '' : id);
              }}
            />
            {accountId !== '' && (
              <Checkbox isSelected={isOnShiftOnly} onChange={setOnShiftOnly}>
                {t('passDesk.issue.onShift')}
              </Checkbox>
            )}
          </>
        )}
        {kind !== 'card' &&
          !(kind === 'staff' && accountId !== '') &&
          field('name', t('passDesk.issue.name'), { maxLength: 40 })}
        {kind === 'minor' && field('bornOn', t('passDesk.issue.born'), { type: 'date' })}
        {isOfPerson && field('card', t('passDesk.issue.card'), { maxLength: 32 })}
        {kind === 'contractor' && (
          <div className={css.two}>
            {field('authority', t('passDesk.issue.firm'))}
            {field('permitNumber', t('passDesk.issue.permit'))}
          </div>
        )}
        {!isOfPerson && (
          <div className={css.two}>
            {field('plate', t('passDesk.issue.plate'), { maxLength: 16 })}
            {field('phone', t('passDesk.issue.phone'), { type: 'tel', maxLength: 20 })}
          </div>
        )}
        {!isOfPerson && (
          <div className={css.two}>
            <TextField
              label={t('passDesk.issue.from')}
              type="datetime-local"
              value={from}
              error={lacks['validFrom']}
              onChange={setFrom}
            />
            {hasEnd && (
              <TextField
                label={t('passDesk.issue.until')}
                type="datetime-local"
                value={until}
                error={lacks['validTo']}
                onChange={setUntil}
              />
            )}
          </div>
        )}
        {kind === 'visitor' &&
          field('entries', t('passDesk.issue.entries'), { inputMode: 'numeric', maxLength: 3 })}
        {hasHours && (
          <>
            <fieldset className={css.days}>
              <legend>{t('passDesk.issue.weekdays')}</legend>
              {week.map((day) => (
                <Checkbox
                  key={day}
                  isSelected={days.includes(day)}
                  onChange={(isOn) => {
                    setDays(
                      isOn ? [...days, day].toSorted((a, b) => a - b) : days.filter((one) => one !== day),
                    );
                  }}
                >
                  {t(`pass.day.${day}`)}
                </Checkbox>
              ))}
            </fieldset>
            {lacks['hours'] !== undefined && (
              <p className={css.error} role="alert">
                {lacks['hours']}
              </p>
            )}
            <div className={css.two}>
              {hour(t('passDesk.issue.dayFrom'), 0)}
              {hour(t('passDesk.issue.dayTo'), 1)}
            </div>
          </>
        )}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

import {
  Button,
  Checkbox,
  Dialog,
  ErrorState,
  notify,
  Segmented,
  Select,
  type Signature,
  SignaturePad,
  Skeleton,
  TextField,
} from '@gongzhi/ui';
import { ApiProblem, newKey } from '@gongzhi/ui/client/index.ts';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@gongzhi/kernel/purposes.ts';
import { addDays } from '@gongzhi/kernel/time.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Consent } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { Photos } from '../orders/photos.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import household from '../household/household.module.css';
import css from './family.module.css';

const KINSHIPS = ['child', 'parent', 'spouse', 'relative', 'carer', 'friend'] as const;

interface Person {
  readonly id: string;
  readonly nameMasked: string;
}

/** Who may act for the people of a household; given and withdrawn here on their word. */
export function HouseholdConsents({
  scopeId,
  householdId,
  people,
}: {
  scopeId: string;
  householdId: string;
  people: readonly Person[];
}) {
  const text = useText();
  const { t, exact } = text;
  const mayList = useMay('consent.list');
  const mayRecord = useMay('consent.record');
  const client = useQueryClient();
  const [isRecording, setRecording] = useState(false);
  const queryKey = ['consents', scopeId, householdId];
  const consents = useQuery({
    queryKey,
    queryFn: () => api.consents(scopeId, householdId),
    enabled: mayList,
  });
  const withdraw = useMutation({
    mutationFn: (consent: Consent) => api.withdrawConsent(scopeId, consent.id, newKey()),
    onSuccess: () => {
      notify(t('family.withdrawn'));
      void client.invalidateQueries({ queryKey });
    },
    onError: (problem) => {
      notify(problemText(problem, text), { tone: 'late' });
    },
  });
  if (!mayList) return null;
  return (
    <section className={household.part} aria-label={t('family.desk.title')}>
      <h2 className={household.heading}>{t('family.desk.title')}</h2>
      {consents.isPending && <Skeleton lines={2} label={t('common.loading')} />}
      {consents.isError && (
        <ErrorState text={problemText(consents.error, text)} onRetry={() => void consents.refetch()} />
      )}
      {consents.data?.items.length === 0 && <p className={css.aside}>{t('family.desk.none')}</p>}
      <ul className={css.list}>
        {consents.data?.items.map((consent) => (
          <li key={consent.id} className={css.one}>
            <span>
              {t('family.desk.one', {
                delegate: consent.delegateName,
                phone: consent.delegatePhone,
                grantor: consent.grantorName,
              })}
            </span>
            <span className={css.aside}>
              {[
                t(`family.kinship.${consent.kinship}`),
                consent.purposes
                  .map((purpose) => t(`family.purpose.${purpose}`))
                  .join(t('common.listSeparator')),
                consent.state === 'standing'
                  ? t('family.until', { date: addDays(consent.endsOn, -1) })
                  : t(`family.state.${consent.state}`),
                t(`family.givenBy.${consent.givenBy}`),
                consent.recordedByName === null
                  ? exact(consent.givenAt)
                  : `${consent.recordedByName} ${exact(consent.givenAt)}`,
              ].join(' · ')}
            </span>
            <Photos scopeId={scopeId} photos={consent.evidence} label={t('family.order.signatures')} />
            {mayRecord && consent.state === 'standing' && (
              <div className={css.acts}>
                <Button
                  size="small"
                  variant="danger"
                  isBusy={withdraw.isPending && withdraw.variables.id === consent.id}
                  onPress={() => {
                    withdraw.mutate(consent);
                  }}
                >
                  {t('family.desk.withdraw')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {consents.data !== undefined && consents.data.items.length > 0 && (
        <ExportLinks list="consents" query={{ scopeId, householdId }} />
      )}
      {mayRecord && people.length > 0 && consents.data !== undefined && (
        <Button onPress={() => setRecording(true)}>{t('family.desk.record')}</Button>
      )}
      {isRecording && consents.data !== undefined && (
        <RecordDialog
          scopeId={scopeId}
          householdId={householdId}
          people={people}
          longestDays={consents.data.longestDays}
          today={consents.data.today}
          onClose={() => setRecording(false)}
          onDone={() => {
            setRecording(false);
            void client.invalidateQueries({ queryKey });
          }}
        />
      )}
    </section>
  );
}

interface RecordProps {
  scopeId: string;
  householdId: string;
  people: readonly Person[];
  longestDays: number;
  /** The day at the place. */
  today: string;
  onClose: () => void;
  onDone: () => void;
}

function RecordDialog({ scopeId, householdId, people, longestDays, today, onClose, onDone }: RecordProps) {
  const text = useText();
  const { t, tk } = text;
  const [key, setKey] = useState(newKey);
  const [personId, setPersonId] = useState(people[0]?.id ?? '');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [kinship, setKinship] = useState<Consent['kinship']>('child');
  const [purposes, setPurposes] = useState<ConsentPurpose[]>(['follow', 'report', 'confirm']);
  const [endsOn, setEndsOn] = useState(() => addDays(today, Math.min(longestDays, 365)));
  const [how, setHow] = useState<'signature' | 'call'>('signature');
  const [signature, setSignature] = useState<Signature | null>(null);
  const [words, setWords] = useState('');
  const [calledAt] = useState(() => new Date(Date.now() - 60_000).toISOString());
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const give = useMutation({
    mutationFn: async () => {
      const given =
        how === 'call' || signature?.how !== 'drawn'
          ? { by: 'call' as const, calledAt, note: words.trim() }
          : { by: 'signature' as const, fileId: (await api.upload(scopeId, signature.image, newKey())).id };
      return api.recordConsent(
        { scopeId, householdId, personId, delegate: { name, phone }, kinship, purposes, endsOn, given },
        key,
      );
    },
    onSuccess: () => {
      notify(t('family.done'));
      onDone();
    },
    onError: (problem) => {
      setKey(newKey());
      const found: Record<string, string> = {};
      if (problem instanceof ApiProblem)
        for (const { path, code } of problem.fields)
          found[path.split('/').at(-1) ?? ''] = tk(
            `fieldErrors.${code}`,
            { limit: longestDays },
            'fieldErrors.invalid',
          );
      setLacks({ ...found, all: problemText(problem, text) });
    },
  });
  const send = (): void => {
    const missing: Record<string, string> = {};
    if (name.trim() === '') missing['name'] = t('fieldErrors.required');
    if (phone.trim() === '') missing['phone'] = t('fieldErrors.required');
    if (how === 'signature' && signature === null) missing['given'] = t('family.sign.missing');
    if (how === 'call' && words.trim() === '') missing['note'] = t('fieldErrors.required');
    setLacks(missing);
    if (Object.keys(missing).length === 0) give.mutate();
  };
  return (
    <Dialog
      title={t('family.desk.record')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isBusy={give.isPending} onPress={send}>
            {t('family.desk.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Select
          label={t('family.desk.grantor')}
          options={people.map(({ id, nameMasked }) => ({ value: id, label: nameMasked }))}
          value={personId}
          onChange={setPersonId}
        />
        <TextField
          label={t('family.name')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={lacks['name']}
        />
        <TextField
          label={t('family.phone')}
          type="tel"
          maxLength={20}
          value={phone}
          onChange={setPhone}
          error={lacks['phone']}
        />
        <Select
          label={t('family.kin')}
          options={KINSHIPS.map((kin) => ({ value: kin, label: t(`family.kinship.${kin}`) }))}
          value={kinship}
          onChange={(kin) => {
            setKinship(kin as Consent['kinship']);
          }}
        />
        <fieldset className={css.purposes}>
          <legend>{t('family.purposes')}</legend>
          {CONSENT_PURPOSES.map((purpose) => (
            <Checkbox
              key={purpose}
              isSelected={purpose === 'follow' || purposes.includes(purpose)}
              isDisabled={purpose === 'follow'}
              onChange={(isOn) => {
                setPurposes(isOn ? [...purposes, purpose] : purposes.filter((other) => other !== purpose));
              }}
            >
              {t(`family.purpose.${purpose}`)}
            </Checkbox>
          ))}
        </fieldset>
        <TextField
          label={t('family.desk.endsOn')}
          type="date"
          value={endsOn}
          onChange={setEndsOn}
          error={lacks['endsOn']}
        />
        <Segmented<'signature' | 'call'>
          label={t('family.desk.how')}
          options={[
            { value: 'signature', label: t('family.givenBy.signature') },
            { value: 'call', label: t('family.givenBy.call') },
          ]}
          value={how}
          onChange={setHow}
        />
        {how === 'signature' ? (
          <SignaturePad
            label={t('family.desk.sign')}
            description={t('family.desk.signText')}
            mayBeSpoken={false}
            error={lacks['given']}
            onChange={setSignature}
          />
        ) : (
          <TextField
            label={t('family.desk.words')}
            rows={2}
            maxLength={500}
            value={words}
            onChange={setWords}
            error={lacks['note']}
          />
        )}
        {lacks['all'] !== undefined && (
          <p className={css.error} role="alert">
            {lacks['all']}
          </p>
        )}
      </div>
    </Dialog>
  );
}

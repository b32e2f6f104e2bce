import { Button } from '@gongzhi/ui/Button.tsx';
import { Checkbox, RadioGroup } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { ApiProblem, isPassing, type Meant, meant } from '@gongzhi/ui/client/index.ts';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@gongzhi/kernel/purposes.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Body } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { endOf } from './days.ts';
import css from './family.module.css';

const KINSHIPS = ['child', 'parent', 'spouse', 'relative', 'carer', 'friend'] as const;
const DAYS = [30, 90, 183, 366] as const;

interface Wish {
  name: string;
  phone: string;
  kinship: (typeof KINSHIPS)[number];
  purposes: ConsentPurpose[];
  days: number;
  householdId: string;
  /** Went out, and nobody knows whether it arrived. */
  sent: Meant<Body<'giveConsent'>> | null;
}

/** Who, what for, until when: three things said before one presses. */
export function GiveSheet({
  longestDays,
  today,
  onClose,
}: {
  longestDays: number;
  /** The day at the place, wherever the phone is. */
  today: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const homes = me.acting.households;
  const days = DAYS.filter((count) => count <= longestDays);
  const draft = useDraft<Wish>(`${me.account.id}:consent`, me.account.id, () => ({
    sent: null,
    name: '',
    phone: '',
    kinship: 'child',
    purposes: ['follow', 'report', 'confirm'],
    days: days.at(-1) ?? longestDays,
    householdId: homes[0]?.id ?? '',
  }));
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const { value } = draft;
  const home = homes.find(({ id }) => id === value.householdId) ?? homes[0];
  const give = useMutation({
    mutationFn: () => {
      const sent = meant(value.sent, { ...value, sent: null }, () => ({
        scopeId: home?.scopeId ?? '',
        householdId: home?.id ?? '',
        delegate: { name: value.name.trim(), phone: value.phone.trim() },
        kinship: value.kinship,
        purposes: value.purposes,
        endsOn: endOf(today, value.days),
      }));
      draft.change({ sent });
      return api.giveConsent(sent.body, sent.key);
    },
    onSuccess: async () => {
      await draft.clear();
      notify(t('family.done'), { tone: 'done' });
      void client.invalidateQueries({ queryKey: ['consents'] });
      onClose();
    },
    onError: (error) => {
      if (!isPassing(error)) draft.change({ sent: null });
      const found: Record<string, string> = {};
      if (error instanceof ApiProblem)
        for (const { path, code, params } of error.fields)
          found[path.split('/').at(-1) ?? ''] = words.tKey(
            `fieldErrors.${code}`,
            params,
            'fieldErrors.invalid',
          );
      setLacks(found);
      if (Object.keys(found).length === 0) notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const send = (): void => {
    const missing: Record<string, string> = {};
    if (value.name.trim() === '') missing['name'] = t('fieldErrors.required');
    if (value.phone.trim() === '') missing['phone'] = t('fieldErrors.required');
    setLacks(missing);
    if (Object.keys(missing).length === 0) give.mutate();
  };
  return (
    <Sheet
      title={t('family.give')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={give.isPending} onPress={send}>
          {t('family.giveNow')}
        </Button>
      }
    >
      <p className={css.quiet}>{t('family.giveText')}</p>
      {homes.length > 1 && (
        <Select
          label={t('family.home')}
          options={homes.map(({ id, label }) => ({ value: id, label }))}
          value={home?.id ?? ''}
          onChange={(householdId) => {
            draft.change({ householdId });
          }}
        />
      )}
      <TextField
        label={t('family.name')}
        maxLength={60}
        value={value.name}
        isDisabled={!draft.isReady}
        error={lacks['name']}
        onChange={(name) => {
          draft.change({ name });
        }}
      />
      <TextField
        label={t('family.phone')}
        type="tel"
        maxLength={20}
        value={value.phone}
        isDisabled={!draft.isReady}
        error={lacks['phone']}
        onChange={(phone) => {
          draft.change({ phone });
        }}
      />
      <Select
        label={t('family.kin')}
        options={KINSHIPS.map((kin) => ({ value: kin, label: t(`family.kinship.${kin}`) }))}
        value={value.kinship}
        onChange={(kinship) => {
          draft.change({ kinship: kinship as Wish['kinship'] });
        }}
      />
      <fieldset className={css.purposes}>
        <legend>{t('family.purposes')}</legend>
        {CONSENT_PURPOSES.map((purpose) => (
          <Checkbox
            key={purpose}
            isSelected={purpose === 'follow' || value.purposes.includes(purpose)}
            isDisabled={purpose === 'follow'}
            onChange={(isOn) => {
              draft.change({
                purposes: isOn
                  ? [...value.purposes, purpose]
                  : value.purposes.filter((other) => other !== purpose),
              });
            }}
          >
            {t(`family.purpose.${purpose}`)}
          </Checkbox>
        ))}
      </fieldset>
      <RadioGroup
        label={t('family.howLong')}
        options={days.map((count) => ({ value: String(count), label: t('family.days', { count }) }))}
        value={String(value.days)}
        error={lacks['endsOn']}
        onChange={(count) => {
          draft.change({ days: Number(count) });
        }}
      />
    </Sheet>
  );
}

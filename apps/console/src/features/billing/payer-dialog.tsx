import { Segmented, Select, TextField } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { AgreedFields, HomeField } from './agreed-fields.tsx';
import { useItems } from './agreement-dialog.tsx';
import { isDay, shareOf } from './agreement-draft.ts';
import { billingApi } from './api.ts';
import css from './css.ts';
import { need, useEntry } from './use-entry.ts';

const places = ['scope', 'building', 'home'] as const;
const payers = ['owner', 'tenant', 'developer', 'property_unit', 'subsidy'] as const;
type PayerKind = (typeof payers)[number];
/** Which organisations of the city a payer is one of; a subsidy comes from any. */
const unitKinds = { developer: 'developer', property_unit: 'property_right_unit' } as const;

/** Who else pays a part, or all, of what a home, a building or the compound is billed. */
export function PayerDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const { t } = useText();
  const [place, setPlace] = useState<(typeof places)[number]>('home');
  const [householdId, setHouseholdId] = useState('');
  const [buildingId, setBuildingId] = useState('');
  const [item, setItem] = useState('');
  const [payer, setPayer] = useState<PayerKind>('tenant');
  const [partyId, setPartyId] = useState<string | null>(null);
  const [typed, setTyped] = useState({ share: '100', startsOn: '', endsOn: '', deliveredOn: '', source: '' });
  const type = (part: Partial<typeof typed>): void => setTyped({ ...typed, ...part });
  const isParty = payer !== 'owner' && payer !== 'tenant';
  const isDeveloper = payer === 'developer';
  const items = useItems(scopeId);
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
    enabled: place === 'building',
  });
  const shareBp = shareOf(typed.share);
  const entry = useEntry(
    {
      householdId: need(place !== 'home' || householdId !== '', t('billing.need.home')),
      buildingId: need(place !== 'building' || buildingId !== '', t('billing.need.building')),
      partyId: need(!isParty || partyId !== null, t('billing.need.choice')),
      shareBp: need(shareBp !== null, t('billing.need.share')),
      startsOn: need(isDay(typed.startsOn), t('billing.need.day')),
      endsOn: isDeveloper
        ? need(isDay(typed.deliveredOn), t('billing.need.day'))
        : need(typed.endsOn === '' || typed.endsOn > typed.startsOn, t('billing.need.after')),
      source: need(typed.source.trim() !== '', t('billing.need.source')),
    },
    (key) =>
      billingApi.addPayer(
        {
          scopeId,
          ...(place === 'home' ? { householdId } : {}),
          ...(place === 'building' ? { buildingId } : {}),
          ...(item === '' ? {} : { item }),
          payer,
          ...(isParty && partyId !== null ? { partyId } : {}),
          shareBp: shareBp!,
          startsOn: typed.startsOn,
          ...(isDeveloper
            ? { deliveredOn: typed.deliveredOn }
            : typed.endsOn === ''
              ? {}
              : { endsOn: typed.endsOn }),
          source: typed.source.trim(),
        },
        key,
      ),
    { said: t('billing.agreement.saved'), onDone: onClose },
  );
  return (
    <FormDialog
      title={t('billing.payers.add')}
      send={t('billing.payers.save')}
      isWhole
      isBusy={entry.isPending}
      error={entry.problem}
      onSend={entry.send}
      onClose={onClose}
    >
      <Segmented
        label={t('billing.payers.place')}
        options={places.map((value) => ({ value, label: t(`billing.payers.${value}`) }))}
        value={place}
        onChange={setPlace}
      />
      {place === 'home' && (
        <HomeField
          scopeId={scopeId}
          value={householdId}
          onChange={setHouseholdId}
          error={entry.beside('householdId')}
        />
      )}
      {place === 'building' && (
        <Select
          label={t('billing.payers.building')}
          options={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          placeholder={t('billing.choose.place')}
          value={buildingId}
          onChange={setBuildingId}
          error={entry.beside('buildingId')}
        />
      )}
      <div className={css.pair}>
        <Select
          label={t('billing.payers.item')}
          options={[{ value: '', label: t('billing.all') }, ...items]}
          value={item}
          onChange={setItem}
        />
        <Select
          label={t('billing.payers.payer')}
          options={payers.map((value) => ({ value, label: t(`billing.payer.${value}`) }))}
          value={payer}
          onChange={(value) => {
            setPayer(value as PayerKind);
            setPartyId(null);
          }}
        />
        <TextField
          label={t('billing.payers.share')}
          inputMode="decimal"
          value={typed.share}
          onChange={(share) => type({ share })}
          error={entry.beside('shareBp')}
        />
      </div>
      {isParty && (
        <PartyField
          key={payer}
          kind={payer === 'subsidy' ? undefined : unitKinds[payer]}
          value={partyId}
          onChange={setPartyId}
          error={entry.beside('partyId')}
        />
      )}
      <AgreedFields
        value={typed}
        onChange={type}
        beside={entry.beside}
        until={
          isDeveloper ? (
            <TextField
              label={t('billing.payers.delivered')}
              description={t('billing.payers.deliveredText')}
              type="date"
              value={typed.deliveredOn}
              onChange={(deliveredOn) => type({ deliveredOn })}
              error={entry.beside('endsOn')}
            />
          ) : undefined
        }
      />
    </FormDialog>
  );
}

function PartyField({
  kind,
  value,
  onChange,
  error,
}: {
  kind: 'developer' | 'property_right_unit' | undefined;
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | undefined;
}) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const units = useQuery({
    queryKey: [...queryKeys.organisations, 'payers', kind ?? null, asked],
    queryFn: () =>
      api.organisations({
        limit: 50,
        ...(kind === undefined ? {} : { kind }),
        ...(asked === '' ? {} : { q: asked }),
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <div>
      <Combo
        label={t('billing.payers.party')}
        placeholder={t('billing.payers.partyHint')}
        items={(units.data?.items ?? []).map(({ id, name }) => ({ id, label: name }))}
        value={value}
        onChange={onChange}
        onWords={setWords}
      />
      <p className={css.note}>{t('billing.payers.partyText')}</p>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

import { Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { AgreedFields, HomeField } from './agreed-fields.tsx';
import { amountOf, isDay, risesOf } from './agreement-draft.ts';
import { billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { scaledOf } from './draft.ts';
import { need, useEntry } from './use-entry.ts';

const kinds = ['parking', 'rent', 'deposit', 'vacancy'] as const;
type Kind = (typeof kinds)[number];

/** The items of a compound that now cost something of that kind. */
export function useItems(scopeId: string, kind?: string) {
  const tariffs = useQuery({
    queryKey: billingKeys.tariffs(scopeId),
    queryFn: () => billingApi.tariffs(scopeId),
  });
  return (tariffs.data?.items ?? [])
    .filter(({ isCurrent, rule }) => isCurrent && (kind === undefined || rule.kind === kind))
    .map(({ item, name }) => ({ value: item, label: name }));
}

/** What one home has by its contract: a space, a rent with its rises, a deposit, that it stands empty. */
export function AgreementDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const { t } = useText();
  const [kind, setKind] = useState<Kind>('parking');
  const [householdId, setHouseholdId] = useState('');
  const [chosen, setItem] = useState('');
  const [typed, setTyped] = useState({
    spaces: '1',
    label: '',
    monthly: '',
    rises: '',
    deposit: '',
    startsOn: '',
    endsOn: '',
    source: '',
  });
  const type = (part: Partial<typeof typed>): void => setTyped({ ...typed, ...part });
  const items = useItems(scopeId, kind);
  const item =
    items.find(({ value }) => value === chosen)?.value ?? (items.length === 1 ? items[0]!.value : '');
  const spaces = scaledOf(typed.spaces, 0);
  const monthlyFen = amountOf(typed.monthly);
  const rises = risesOf(typed.rises);
  const depositFen = amountOf(typed.deposit);
  const entry = useEntry(
    {
      householdId: need(householdId !== '', t('billing.need.home')),
      item: need(kind === 'vacancy' || item !== '', t('billing.need.choice')),
      spaces: need(
        kind !== 'parking' || (spaces !== null && spaces >= 1 && spaces <= 20),
        t('billing.need.spaces'),
      ),
      monthly: need(kind !== 'rent' || monthlyFen !== null, t('billing.need.price')),
      rises: need(kind !== 'rent' || rises !== null, t('billing.need.rises')),
      deposit: need(
        kind !== 'deposit' || typed.deposit.trim() === '' || depositFen !== null,
        t('billing.need.price'),
      ),
      startsOn: need(isDay(typed.startsOn), t('billing.need.day')),
      endsOn: need(typed.endsOn === '' || typed.endsOn > typed.startsOn, t('billing.need.after')),
      source: need(typed.source.trim() !== '', t('billing.need.source')),
    },
    (key) =>
      billingApi.addAgreement(
        {
          scopeId,
          householdId,
          kind,
          ...(kind === 'vacancy' ? {} : { item }),
          ...(kind === 'parking'
            ? { spaces: spaces!, ...(typed.label.trim() === '' ? {} : { label: typed.label.trim() }) }
            : {}),
          ...(kind === 'rent' ? { rent: { monthlyFen: monthlyFen!, rises: rises! } } : {}),
          ...(kind === 'deposit' && depositFen !== null ? { depositFen } : {}),
          startsOn: typed.startsOn,
          ...(typed.endsOn === '' ? {} : { endsOn: typed.endsOn }),
          source: typed.source.trim(),
        },
        key,
      ),
    { said: t('billing.agreement.saved'), onDone: onClose },
  );
  return (
    <FormDialog
      title={t('billing.agreement.add')}
      send={t('billing.agreement.save')}
      isWhole
      isBusy={entry.isPending}
      error={entry.problem}
      onSend={entry.send}
      onClose={onClose}
    >
      <Segmented
        label={t('billing.agreement.kind')}
        options={kinds.map((value) => ({
          value,
          label: t(value === 'vacancy' ? 'billing.agreement.vacancy' : `billing.short.${value}`),
        }))}
        value={kind}
        onChange={setKind}
      />
      <HomeField
        scopeId={scopeId}
        value={householdId}
        onChange={setHouseholdId}
        error={entry.beside('householdId')}
      />
      {kind !== 'vacancy' &&
        (items.length === 0 ? (
          <p className={css.error}>{t('billing.agreement.noTariff', { kind: t(`billing.kind.${kind}`) })}</p>
        ) : (
          <Select
            label={t('billing.column.item')}
            options={items}
            placeholder={t('billing.choose.place')}
            value={item}
            onChange={setItem}
            error={entry.beside('item')}
          />
        ))}
      {kind === 'parking' && (
        <div className={css.pair}>
          <TextField
            label={t('billing.agreement.spaces')}
            inputMode="numeric"
            value={typed.spaces}
            onChange={(value) => type({ spaces: value })}
            error={entry.beside('spaces')}
          />
          <TextField
            label={t('billing.agreement.label')}
            maxLength={40}
            value={typed.label}
            onChange={(label) => type({ label })}
          />
        </div>
      )}
      {kind === 'rent' && (
        <>
          <TextField
            label={t('billing.agreement.monthly')}
            inputMode="decimal"
            value={typed.monthly}
            onChange={(monthly) => type({ monthly })}
            error={entry.beside('monthly')}
          />
          <TextField
            label={t('billing.agreement.rises')}
            description={t('billing.agreement.risesText')}
            rows={2}
            value={typed.rises}
            onChange={(value) => type({ rises: value })}
            error={entry.beside('rises')}
          />
        </>
      )}
      {kind === 'deposit' && (
        <TextField
          label={t('billing.agreement.deposit')}
          inputMode="decimal"
          value={typed.deposit}
          onChange={(deposit) => type({ deposit })}
          error={entry.beside('deposit')}
        />
      )}
      <AgreedFields value={typed} onChange={type} beside={entry.beside} />
    </FormDialog>
  );
}

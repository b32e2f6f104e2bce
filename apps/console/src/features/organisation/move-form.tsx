import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Button, Segmented, Select, TextField } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { useDraft } from '../../components/draft.ts';
import { useCommand } from '../orders/use-command.ts';
import css from './organisation.module.css';

const DECIDERS = ['street', 'property_right_unit'] as const;
type Decider = (typeof DECIDERS)[number];

/** A matter that is another company's: to which compound, whose decision, under which number, and why. */
export function MoveForm({
  order,
  onClose,
  onChanged,
}: {
  order: Order;
  onClose: () => void;
  onChanged: (order: Order) => void;
}) {
  const { t } = useText();
  const [draft, change, clear] = useDraft(`action.${order.id}.move`, {
    toScopeId: '',
    toName: '',
    decidedBy: 'street' as Decider,
    organisationId: '',
    documentNumber: '',
    reason: '',
  });
  const [words, setWords] = useState('');
  const [isChecked, setChecked] = useState(false);
  const asked = useDeferredValue(words.trim());
  const command = useCommand(order, onChanged);
  const compounds = useQuery({
    queryKey: queryKeys.servedByOthers(order.scopeId, asked),
    queryFn: ({ signal }) =>
      api.servedByOthers({ scopeId: order.scopeId, ...(asked === '' ? {} : { q: asked }) }, { signal }),
    placeholderData: keepPreviousData,
  });
  const isByUnit = draft.decidedBy === 'property_right_unit';
  const units = useQuery({
    queryKey: [...queryKeys.organisations, 'property_right_unit'],
    queryFn: () =>
      everyPage((cursor) => api.organisations({ kind: 'property_right_unit', limit: 100, ...cursor })),
    enabled: isByUnit,
  });
  const owners = useQuery({
    queryKey: queryKeys.owners(order.scopeId),
    queryFn: () => api.owners(order.scopeId),
    enabled: isByUnit && order.buildingId !== null,
  });
  const owner = owners.data?.items.find(({ buildingId }) => buildingId === order.buildingId);
  const items = (compounds.data?.items ?? []).map(({ id, name, companyName, streetName }) => ({
    id,
    label: name,
    aside:
      streetName === null ? companyName : t('move.toScopeItem', { company: companyName, street: streetName }),
  }));
  if (draft.toScopeId !== '' && !items.some(({ id }) => id === draft.toScopeId))
    items.unshift({ id: draft.toScopeId, label: draft.toName, aside: '' });

  const need = {
    toScopeId: draft.toScopeId === '' ? t('console.need.toScope') : undefined,
    organisationId: isByUnit && draft.organisationId === '' ? t('move.need.unit') : undefined,
    documentNumber: draft.documentNumber.trim() === '' ? t('console.need.document') : undefined,
    reason: draft.reason.trim() === '' ? t('console.need.reason') : undefined,
  };
  const errorOf = (name: keyof typeof need): string | undefined => (isChecked ? need[name] : undefined);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (command.isBusy) return;
    setChecked(true);
    if (Object.values(need).some((word) => word !== undefined)) return;
    const done = await command.run('move', {
      toScopeId: draft.toScopeId,
      decidedBy: draft.decidedBy,
      ...(isByUnit ? { organisationId: draft.organisationId } : {}),
      documentNumber: draft.documentNumber.trim(),
      reason: draft.reason.trim(),
    });
    if (!done) return;
    clear();
    onClose();
  };

  return (
    <form
      className={css.form}
      aria-label={t('move.title')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <h3 className={css.heading}>{t('move.title')}</h3>
      <p className={css.words}>{t('move.words')}</p>
      <div>
        <Combo
          label={t('move.toScope')}
          items={items}
          value={draft.toScopeId === '' ? null : draft.toScopeId}
          onWords={setWords}
          onChange={(id) => {
            setWords('');
            change({ toScopeId: id ?? '', toName: items.find((item) => item.id === id)?.label ?? '' });
          }}
          placeholder={t('console.choose')}
        />
        {errorOf('toScopeId') !== undefined && (
          <p className={css.error} role="alert">
            {errorOf('toScopeId')}
          </p>
        )}
      </div>
      <Segmented<Decider>
        label={t('move.decidedBy')}
        options={DECIDERS.map((value) => ({
          value,
          label: t(value === 'street' ? 'move.street' : 'move.unit'),
        }))}
        value={draft.decidedBy}
        onChange={(decidedBy) => {
          change({ decidedBy });
        }}
      />
      {isByUnit &&
        (units.data?.items.length === 0 ? (
          <p className={css.meta}>{t('move.noUnits')}</p>
        ) : (
          <Select
            label={t('move.whichUnit')}
            placeholder={t('console.choose')}
            options={(units.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.organisationId}
            onChange={(organisationId) => {
              change({ organisationId });
            }}
            error={errorOf('organisationId')}
            {...(owner?.organisationName == null
              ? {}
              : { description: t('move.ownerHint', { name: owner.organisationName }) })}
          />
        ))}
      <TextField
        label={t('move.document')}
        maxLength={80}
        value={draft.documentNumber}
        onChange={(documentNumber) => {
          change({ documentNumber });
        }}
        error={errorOf('documentNumber')}
      />
      <TextField
        label={t('move.reason')}
        rows={3}
        maxLength={500}
        value={draft.reason}
        onChange={(reason) => {
          change({ reason });
        }}
        error={errorOf('reason')}
      />
      {command.changed !== null && (
        <div role="alert">
          <p>
            <strong>{t('console.stale.title')}</strong>
          </p>
          <ul>
            {command.changed.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t('console.stale.kept')}</p>
        </div>
      )}
      {command.error !== null && (
        <p className={css.error} role="alert">
          {command.error}
        </p>
      )}
      <div className={css.line}>
        <Button onPress={onClose}>{t('common.back')}</Button>
        <Button type="submit" variant="danger" isBusy={command.isBusy}>
          {t('move.do')}
        </Button>
      </div>
    </form>
  );
}

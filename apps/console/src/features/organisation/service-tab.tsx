import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Button, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import css from './organisation.module.css';
import { useSend } from './use-send.ts';
import { Pending } from '../../components/pending.tsx';

type Owner = Answer<'listOwners'>['items'][number];

/** Who served the compound when, and whose its buildings are: rows with dates, nothing overwritten. */
export function ServiceTab({ scopeId }: { scopeId: string }) {
  const mayOwners = useMay('owner.list');
  return (
    <>
      <Periods scopeId={scopeId} />
      {mayOwners && <OwnersPart scopeId={scopeId} />}
    </>
  );
}

function Periods({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayPlan = useMay('takeover.plan');
  const periods = useQuery({
    queryKey: queryKeys.servicePeriods(scopeId),
    queryFn: () => api.servicePeriods(scopeId),
  });
  return (
    <section className={css.list} aria-labelledby="periods">
      <h3 id="periods" className={css.heading}>
        {t('service.periods')}
      </h3>
      <Pending of={periods} lines={2} />
      {periods.isSuccess && periods.data.items.length === 0 && (
        <p className={css.words}>{t('service.noPeriods')}</p>
      )}
      {periods.isSuccess && periods.data.items.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t('service.periods')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('service.company')}</th>
                <th scope="col">{t('service.from')}</th>
                <th scope="col">{t('service.to')}</th>
              </tr>
            </thead>
            <tbody>
              {periods.data.items.map((period) => (
                <tr key={period.startsOn} className={period.lastDay === null ? undefined : css.gone}>
                  <th scope="row">
                    {period.company.name} <span className={css.meta}>{period.department.name}</span>
                  </th>
                  <td>{period.startsOn}</td>
                  <td>{period.lastDay ?? t('service.now')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayPlan && (
        <p className={css.words}>
          {t('service.change')} <Link {...url.takeovers()}>{t('service.toTakeovers')}</Link>
        </p>
      )}
    </section>
  );
}

function OwnersPart({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayChange = useMay('owner.manage');
  const [edited, setEdited] = useState<Owner | null>(null);
  const owners = useQuery({ queryKey: queryKeys.owners(scopeId), queryFn: () => api.owners(scopeId) });
  return (
    <section className={css.list} aria-labelledby="owners">
      <h3 id="owners" className={css.heading}>
        {t('service.owners')}
      </h3>
      <Pending of={owners} lines={4} />
      {owners.isSuccess && owners.data.items.length === 0 && (
        <p className={css.words}>{t('service.noBuildings')}</p>
      )}
      {owners.isSuccess && owners.data.items.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t('service.owners')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('service.building')}</th>
                <th scope="col">{t('service.owner')}</th>
                <th scope="col">{t('service.from')}</th>
                <th scope="col">{t('service.was')}</th>
                {mayChange && <td />}
              </tr>
            </thead>
            <tbody>
              {owners.data.items.map((owner) => (
                <tr key={owner.buildingId}>
                  <th scope="row">{owner.buildingName}</th>
                  <td className={owner.organisationName === null ? css.gone : undefined}>
                    {owner.organisationName ?? t('service.none')}
                  </td>
                  <td>{owner.since ?? ''}</td>
                  <td>
                    <Others owner={owner} />
                  </td>
                  {mayChange && (
                    <td>
                      <Button
                        size="small"
                        aria-label={t('service.editOf', { name: owner.buildingName })}
                        onPress={() => {
                          setEdited(owner);
                        }}
                      >
                        {t('service.edit')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {edited !== null && (
        <ChangeOwner
          scopeId={scopeId}
          owner={edited}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </section>
  );
}

/** Periods that are not today's. */
function Others({ owner }: { owner: Owner }) {
  const { t } = useText();
  const others = owner.periods.filter(
    (period) => !(period.organisationId === owner.organisationId && period.startsOn === owner.since),
  );
  return (
    <>
      {others.map(({ organisationName: name, startsOn: from, lastDay: to }) => (
        <p key={from} className={css.meta}>
          {to === null ? t('service.periodOpen', { name, from }) : t('service.period', { name, from, to })}
        </p>
      ))}
    </>
  );
}

function ChangeOwner({ scopeId, owner, onClose }: { scopeId: string; owner: Owner; onClose: () => void }) {
  const { t } = useText();
  const units = useQuery({
    queryKey: [...queryKeys.organisations, 'property_right_unit'],
    queryFn: () =>
      everyPage((cursor) => api.organisations({ kind: 'property_right_unit', limit: 100, ...cursor })),
  });
  const [organisationId, setOrganisationId] = useState(owner.organisationId ?? '');
  const [startsOn, setStartsOn] = useState('');
  const { isBusy, error, send } = useSend();
  const isWhole = startsOn !== '' && organisationId !== (owner.organisationId ?? '');
  const submit = async (): Promise<void> => {
    const body = {
      buildingId: owner.buildingId,
      organisationId: organisationId === '' ? null : organisationId,
      startsOn,
    };
    const answer = await send(body, (key) => api.setOwner(scopeId, body, key));
    if (answer === undefined) return;
    queryClient.setQueryData(queryKeys.owners(scopeId), answer);
    void queryClient.invalidateQueries({ queryKey: queryKeys.organisations });
    notify(t('service.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('service.editOf', { name: owner.buildingName })}
      send={t('service.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      onSend={submit}
      onClose={onClose}
    >
      <Select
        label={t('service.ownerNow')}
        options={[
          { value: '', label: t('service.none') },
          ...(units.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={organisationId}
        onChange={setOrganisationId}
      />
      <TextField
        label={t('service.startsOn')}
        type="date"
        value={startsOn}
        onChange={setStartsOn}
        error={error}
      />
    </FormDialog>
  );
}

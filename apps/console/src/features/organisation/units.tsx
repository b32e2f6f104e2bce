import { Button, EmptyState, notify, Select, TextField } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Landmark } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import form from './organisation.module.css';
import css from './tree.module.css';
import { useSend } from './use-send.ts';
import { Pending } from '../../components/pending.tsx';

type Unit = Answer<'listOrganisations'>['items'][number];
type Entered = Body<'createOrganisation'>['kind'];
const ENTERED = [
  'property_right_unit',
  'developer',
  'security_company',
  'utility_company',
  'supplier',
] as const satisfies readonly Entered[];
const KINDS = [
  ...ENTERED,
  'property_company',
  'project_department',
  'residents_committee',
  'street_office',
  'city_government',
] as const satisfies readonly Unit['kind'][];

/** Who else there is in the city: owners of buildings, guards, utilities, suppliers, offices. */
export function Units({
  words,
  kind,
  onKind,
}: {
  words: string;
  kind: string | undefined;
  onKind: (kind: string | undefined) => void;
}) {
  const { t } = useText();
  const chosen = KINDS.find((one) => one === kind);
  const mayEnter = useMay('owner.manage');
  const [isEntering, setEntering] = useState(false);
  const units = useInfiniteQuery({
    queryKey: [...queryKeys.organisations, 'pages', chosen ?? null, words],
    queryFn: ({ pageParam }) =>
      api.organisations({
        limit: 50,
        ...(chosen === undefined ? {} : { kind: chosen }),
        ...(words === '' ? {} : { q: words }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = units.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t('orgTree.byUnit')} className={css.units}>
      <div className={form.head}>
        <Select
          label={t('orgTree.kind')}
          options={[
            { value: '', label: t('orgTree.allKinds') },
            ...KINDS.map((value) => ({ value, label: t(`organisation.unitKind.${value}`) })),
          ]}
          value={chosen ?? ''}
          onChange={(value) => {
            onKind(value === '' ? undefined : value);
          }}
        />
        <div className={form.line}>
          <ExportLinks
            list="organisations"
            query={{
              ...(chosen === undefined ? {} : { kind: chosen }),
              ...(words === '' ? {} : { q: words }),
            }}
          />
          {mayEnter && (
            <Button
              variant="primary"
              onPress={() => {
                setEntering(true);
              }}
            >
              {t('orgTree.enter')}
            </Button>
          )}
        </div>
      </div>
      <Pending of={units} lines={6} />
      {units.isSuccess && items.length === 0 && (
        <EmptyState icon={Landmark} title={t('orgTree.none')} text={t('orgTree.noneWords')} />
      )}
      {items.length > 0 && (
        <ul className={css.tree}>
          {items.map((unit) => (
            <UnitRow key={unit.id} unit={unit} />
          ))}
        </ul>
      )}
      {units.hasNextPage && (
        <Button size="small" isBusy={units.isFetchingNextPage} onPress={() => void units.fetchNextPage()}>
          {t('orgTree.more')}
        </Button>
      )}
      {isEntering && (
        <Enter
          onClose={() => {
            setEntering(false);
          }}
        />
      )}
    </section>
  );
}

function UnitRow({ unit }: { unit: Unit }) {
  const { t } = useText();
  const mayOpen = useMay('owner.list');
  const [isOpen, setOpen] = useState(false);
  const { name, buildingCount: count } = unit;
  return (
    <li>
      <div className={css.row}>
        <span className={css.name}>
          <span>{name}</span>
          <span className={css.kind}>{t(`organisation.unitKind.${unit.kind}`)}</span>
        </span>
        <span className={css.counts}>
          {unit.kind === 'property_right_unit' &&
            (count === 0 || !mayOpen ? (
              <span className={css.meta}>
                {count === 0 ? t('orgTree.noBuildings') : t('orgTree.buildings', { count })}
              </span>
            ) : (
              <button
                type="button"
                className={css.count}
                aria-expanded={isOpen}
                aria-label={t('orgTree.buildingsOf', { name, count })}
                onClick={() => {
                  setOpen(!isOpen);
                }}
              >
                {t('orgTree.buildings', { count })}
              </button>
            ))}
        </span>
      </div>
      {isOpen && <OwnedBuildings unit={unit} />}
    </li>
  );
}

function OwnedBuildings({ unit }: { unit: Unit }) {
  const { t } = useText();
  const owned = useQuery({ queryKey: queryKeys.owned(unit.id), queryFn: () => api.ownedBuildings(unit.id) });
  if (!owned.isSuccess) return <Pending of={owned} lines={2} />;
  return (
    <ul className={css.under} aria-label={unit.name}>
      {owned.data.items.map((item) => (
        <li key={item.buildingId} className={css.row}>
          <Link
            {...url.places({ scope: item.scopeId, tab: 'buildings', building: item.buildingId })}
            className={css.place}
          >
            {item.scopeName} {item.buildingName}
          </Link>
          <span className={css.meta}>{t('orgTree.since', { date: item.since })}</span>
        </li>
      ))}
    </ul>
  );
}

function Enter({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [kind, setKind] = useState<Entered>('property_right_unit');
  const [name, setName] = useState('');
  const { isBusy, error, send } = useSend();
  const submit = async (): Promise<void> => {
    const body = { kind, name: name.trim() };
    if ((await send(body, (key) => api.createOrganisation(body, key))) === undefined) return;
    notify(t('orgTree.entered', { name: body.name }));
    void queryClient.invalidateQueries({ queryKey: queryKeys.organisations });
    onClose();
  };
  return (
    <FormDialog
      title={t('orgTree.enter')}
      send={t('orgTree.enter')}
      isWhole={name.trim() !== ''}
      isBusy={isBusy}
      onSend={submit}
      onClose={onClose}
    >
      <p className={form.words}>{t('orgTree.enterWords')}</p>
      <Select
        label={t('orgTree.kind')}
        options={ENTERED.map((value) => ({ value, label: t(`organisation.unitKind.${value}`) }))}
        value={kind}
        onChange={(value) => {
          setKind(value as Entered);
        }}
      />
      <TextField label={t('orgTree.name')} maxLength={80} value={name} onChange={setName} error={error} />
    </FormDialog>
  );
}

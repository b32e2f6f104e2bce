import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Button, EmptyState } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import type { PlacesSearch } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { BuildingPicture, SitePicture } from '../organisation/pictures.tsx';
import { HouseholdDialog } from './household-dialog.tsx';
import css from './buildings-tab.module.css';
import { Pending } from '../../components/pending.tsx';

/** The compound as it stands, the chosen building's rooms, its facilities; households as a table, found by room too. */
export function BuildingsTab({ scopeId, search }: { scopeId: string; search: PlacesSearch }) {
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
  });
  if (!buildings.isSuccess) return <Pending of={buildings} lines={6} />;
  return (
    <>
      <SitePicture scopeId={scopeId} buildings={buildings.data.items} search={search} />
      {search.building !== undefined && <BuildingPicture scopeId={scopeId} buildingId={search.building} />}
      <Facilities scopeId={scopeId} buildingId={search.building} />
      <Households scopeId={scopeId} buildingId={search.building} />
    </>
  );
}

/** Lifts, gates, lamps: of the chosen building, or of the whole compound. */
function Facilities({ scopeId, buildingId }: { scopeId: string; buildingId: string | undefined }) {
  const { t } = useText();
  const facilities = useQuery({
    queryKey: [...queryKeys.facilities(scopeId, ''), buildingId ?? null],
    queryFn: () =>
      everyPage((cursor) =>
        api.facilities(scopeId, {
          limit: 100,
          ...cursor,
          ...(buildingId === undefined ? {} : { buildingId }),
        }),
      ),
  });
  const items = facilities.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="facilities">
      <h3 id="facilities" className={css.label}>
        {t('organisation.facilities')}
      </h3>
      <ul className={css.facilities}>
        {items.map((facility) => (
          <li key={facility.id}>{facility.label}</li>
        ))}
      </ul>
    </section>
  );
}

const PAUSE_MS = 200;

function Households({ scopeId, buildingId }: { scopeId: string; buildingId: string | undefined }) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(words.trim());
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words]);
  const households = useInfiniteQuery({
    queryKey: [...queryKeys.households(scopeId, asked, buildingId ?? null), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.households(
        scopeId,
        {
          limit: 100,
          ...(asked === '' ? {} : { q: asked }),
          ...(buildingId === undefined ? {} : { buildingId }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = households.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={css.households} aria-label={t('console.places.count.households')}>
      <label className={css.search}>
        <span className={css.label}>{t('console.places.count.households')}</span>
        <input
          type="search"
          value={words}
          placeholder={t('console.caller.householdExample')}
          maxLength={60}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </label>
      <Pending of={households} lines={6} />
      {households.isSuccess && rows.length === 0 && (
        <EmptyState icon={DoorOpen} title={t('console.caller.noHousehold')} />
      )}
      {rows.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('console.places.household')}</th>
              <th scope="col">{t('console.places.floor')}</th>
              <th scope="col" className={css.number}>
                {t('console.places.area')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((household) => (
              <tr key={household.id}>
                <th scope="row">
                  <button
                    type="button"
                    className={css.open}
                    onClick={() => {
                      setOpenId(household.id);
                    }}
                  >
                    {household.label}
                  </button>
                </th>
                <td>{household.floor}</td>
                <td className={css.number}>{t('units.squareMetres', { area: household.areaM2 })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {households.hasNextPage && (
        <Button isBusy={households.isFetchingNextPage} onPress={() => void households.fetchNextPage()}>
          {t('console.list.more')}
        </Button>
      )}
      <HouseholdDialog
        scopeId={scopeId}
        id={openId}
        onClose={() => {
          setOpenId(null);
        }}
      />
    </section>
  );
}

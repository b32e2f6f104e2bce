import { Button, Dialog, notify, TextField, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { type Text, useText } from '../../app/text.ts';
import { PASSES, passesApi, type PlaceCount } from './api.ts';
import css from './css.ts';
import { RecordsTable } from '../../components/records.tsx';

const placeOf = ({ what, buildingName }: PlaceCount, { t }: Text): string =>
  what === 'vehicles'
    ? t('counts.vehicles')
    : buildingName === null
      ? t('counts.people')
      : t('counts.peopleOf', { building: buildingName });

function limitOf({ what, spaces, free, most }: PlaceCount, { t, number }: Text): string {
  if (what === 'people') return most === null ? '' : t('counts.most', { most: number(most) });
  if (spaces === null) return '';
  return free === null
    ? t('counts.spacesOnly', { spaces: number(spaces) })
    : t('counts.spaces', { spaces: number(spaces), free: number(free) });
}

function driftOf({ drift }: PlaceCount, { t, number }: Text): string {
  if (drift === null) return '';
  if (drift === 0) return t('counts.driftNone');
  return t(drift > 0 ? 'counts.driftMore' : 'counts.driftFewer', { count: number(Math.abs(drift)) });
}

/** How many are inside by what the gates counted, since when, and how far off that was the last time somebody went to look. */
export function CountsPanel({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, number, when } = text;
  const now = useNow();
  const mayCount = useMay('gate.recount');
  const [counting, setCounting] = useState<PlaceCount | null>(null);
  const counts = useQuery({
    queryKey: [PASSES, 'counts', scopeId],
    queryFn: () => passesApi.counts(scopeId),
  });
  if (counts.data === undefined) return null;
  const sinceOf = ({ since, countedByName, countedAt, found }: PlaceCount): string => {
    if (since === null) return t('counts.never');
    if (since === 'day' || countedAt === null) return t('counts.sinceDay');
    return t('counts.sinceCount', {
      name: countedByName ?? '',
      when: when(countedAt, now),
      found: number(found ?? 0),
    });
  };
  return (
    <>
      <RecordsTable
        label={t('counts.title')}
        caption={<caption className={css.caption}>{t('counts.title')}</caption>}
        heads={[
          { word: t('counts.place') },
          { word: t('counts.inside') },
          { word: t('counts.limit') },
          { word: t('counts.since') },
          { word: t('counts.drift') },
          ...(mayCount ? [{ word: t('passDesk.column.acts') }] : []),
        ]}
      >
        {counts.data.items.map((one) => (
          <tr key={`${one.what} ${one.buildingId}`}>
            <th scope="row" className={css.plain}>
              {placeOf(one, text)}
            </th>
            <td>
              {one.inside === null ? t('common.unknown') : number(one.inside)}
              {one.isShort && <p className={css.error}>{t('counts.short')}</p>}
            </td>
            <td>{limitOf(one, text)}</td>
            <td>
              {sinceOf(one)}
              {one.since === null && <p className={css.note}>{t('counts.neverText')}</p>}
            </td>
            <td>{driftOf(one, text)}</td>
            {mayCount && (
              <td>
                <Button
                  aria-label={t('counts.countAt', { place: placeOf(one, text) })}
                  onPress={() => {
                    setCounting(one);
                  }}
                >
                  {t('counts.count')}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </RecordsTable>
      {counting !== null && (
        <CountDialog
          scopeId={scopeId}
          of={counting}
          onClose={() => {
            setCounting(null);
          }}
        />
      )}
    </>
  );
}

function CountDialog({ scopeId, of, onClose }: { scopeId: string; of: PlaceCount; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [found, setFound] = useState('');
  const [key] = useState(newKey);
  const save = useMutation({
    mutationFn: () =>
      passesApi.recount({ scopeId, what: of.what, buildingId: of.buildingId, found: Number(found) }, key),
    onSuccess: () => {
      notify(t('counts.saved'));
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('counts.countAt', { place: placeOf(of, text) })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={save.isPending}
            isDisabled={found === ''}
            onPress={() => {
              save.mutate();
            }}
          >
            {t('counts.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>{t('counts.words')}</p>
        <TextField
          label={t('counts.found')}
          inputMode="numeric"
          maxLength={5}
          value={found}
          error={save.error === null ? undefined : problemText(save.error, text)}
          onChange={(typed) => {
            setFound(typed.replace(/\D/g, ''));
          }}
        />
      </div>
    </Dialog>
  );
}

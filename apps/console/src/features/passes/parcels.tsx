import { Button, Checkbox, Dialog, EmptyState, notify, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { fieldTexts, type Parcel, PASSES, passesApi } from './api.ts';
import css from './css.ts';
import { WordsDialog } from './words-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What lies at the gate, and what is taken in or handed out. */
export function Parcels({
  scopeId,
  isPast,
  onPast,
}: {
  scopeId: string;
  isPast: boolean;
  onPast: (isPast: boolean) => void;
}) {
  const { t, when } = useText();
  const now = useNow();
  const [isTaking, setTaking] = useState(false);
  const [doing, setDoing] = useState<{ what: 'collect' | 'return'; parcel: Parcel } | null>(null);
  const list = useQuery({
    queryKey: [PASSES, 'parcels', scopeId, isPast],
    queryFn: () =>
      passesApi.parcels({ scopeId, limit: 100, ...(isPast ? {} : { state: 'waiting' as const }) }),
  });
  return (
    <>
      <div className={css.tools}>
        <Button
          variant="primary"
          onPress={() => {
            setTaking(true);
          }}
        >
          {t('passDesk.parcel.take')}
        </Button>
        <Checkbox isSelected={isPast} onChange={onPast}>
          {t('passDesk.parcel.all')}
        </Checkbox>
      </div>
      <Pending of={list} lines={6} />
      {list.data?.items.length === 0 && <EmptyState icon={Package} title={t('passDesk.parcel.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('passDesk.view.parcels')}
          heads={[
            { word: t('passDesk.parcel.shelf') },
            { word: t('passDesk.column.home') },
            { word: t('passDesk.parcel.carrier') },
            { word: t('passDesk.parcel.tail') },
            { word: t('passDesk.parcel.at') },
            { word: t('passDesk.column.state') },
            { word: t('passDesk.column.acts') },
          ]}
        >
          {list.data.items.map((parcel) => (
            <tr key={parcel.id}>
              <td>{parcel.shelf}</td>
              <td>{parcel.householdLabel}</td>
              <td>{parcel.carrier}</td>
              <td>{parcel.tail}</td>
              <td>{when(parcel.arrivedAt, now)}</td>
              <td>
                {parcel.state === 'waiting' ? (
                  <StatusChip
                    tone={parcel.waitedDays >= 3 ? 'due' : 'waiting'}
                    word={
                      parcel.waitedDays === 0
                        ? t('passDesk.parcel.waiting')
                        : t('passDesk.parcel.days', { count: parcel.waitedDays })
                    }
                  />
                ) : (
                  <StatusChip tone="done" word={t(`pass.parcel.${parcel.state}`)} />
                )}
              </td>
              <td>
                {parcel.state === 'waiting' && (
                  <div className={css.acts}>
                    {(['collect', 'return'] as const).map((what) => (
                      <Button
                        key={what}
                        size="small"
                        variant="quiet"
                        onPress={() => {
                          setDoing({ what, parcel });
                        }}
                      >
                        {t(what === 'collect' ? 'passDesk.parcel.hand' : 'passDesk.parcel.return')}
                      </Button>
                    ))}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {isTaking && (
        <TakeDialog
          scopeId={scopeId}
          onClose={() => {
            setTaking(false);
          }}
        />
      )}
      {doing !== null && (
        <WordsDialog
          title={t(doing.what === 'collect' ? 'passDesk.parcel.hand' : 'passDesk.parcel.return')}
          note={`${doing.parcel.shelf} · ${doing.parcel.householdLabel}`}
          {...(doing.what === 'collect' ? { label: t('passDesk.parcel.code') } : {})}
          act={t(doing.what === 'collect' ? 'passDesk.parcel.hand' : 'passDesk.parcel.return')}
          isCode={doing.what === 'collect'}
          done={t('passDesk.changed')}
          run={(code, key) =>
            passesApi.onParcel(
              doing.parcel,
              {
                action: doing.what,
                expectedVersion: doing.parcel.version,
                ...(doing.what === 'collect' ? { code } : {}),
              },
              key,
            )
          }
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </>
  );
}

function TakeDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const [householdId, setHouseholdId] = useState('');
  const [carrier, setCarrier] = useState('');
  const [tail, setTail] = useState('');
  const [shelf, setShelf] = useState('');
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const [intent] = useState(() => new Intent<Body<'takeInParcel'>>());
  const take = useMutation({
    mutationFn: () => {
      const body = {
        scopeId,
        householdId,
        carrier: carrier.trim(),
        shelf: shelf.trim(),
        ...(tail.trim() === '' ? {} : { tail: tail.trim() }),
      };
      return intent.send(body, () => body, passesApi.takeIn);
    },
    onSuccess: () => {
      notify(t('passDesk.parcel.taken'));
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
    onError: (problem) => {
      const found = fieldTexts(problem, text);
      setLacks(Object.keys(found).length === 0 ? { shelf: problemText(problem, text) } : found);
    },
  });
  const save = (): void => {
    const need = t('fieldErrors.required');
    const missing: Record<string, string> = {};
    if (householdId === '') missing['householdId'] = need;
    if (carrier.trim() === '') missing['carrier'] = need;
    if (shelf.trim() === '') missing['shelf'] = need;
    setLacks(missing);
    if (Object.keys(missing).length === 0) take.mutate();
  };
  return (
    <Dialog
      title={t('passDesk.parcel.take')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isBusy={take.isPending} onPress={save}>
            {t('passDesk.parcel.take')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <HouseholdPicker
          scopeId={scopeId}
          words={words}
          onWords={setWords}
          value={householdId}
          onChange={setHouseholdId}
          error={lacks['householdId']}
        />
        <div className={css.two}>
          <TextField
            label={t('passDesk.parcel.carrier')}
            maxLength={20}
            value={carrier}
            error={lacks['carrier']}
            onChange={setCarrier}
          />
          <TextField
            label={t('passDesk.parcel.tail')}
            maxLength={8}
            value={tail}
            error={lacks['tail']}
            onChange={setTail}
          />
        </div>
        <TextField
          label={t('passDesk.parcel.shelf')}
          maxLength={20}
          value={shelf}
          error={lacks['shelf']}
          onChange={setShelf}
        />
      </div>
    </Dialog>
  );
}

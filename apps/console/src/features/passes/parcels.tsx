import {
  Button,
  Checkbox,
  Dialog,
  EmptyState,
  ErrorState,
  notify,
  Skeleton,
  StatusChip,
  TextField,
  useNow,
} from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { fieldTexts, type Parcel, PASSES, passesApi } from './api.ts';
import css from './passes.module.css';
import { WordsDialog } from './words-dialog.tsx';

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
  const text = useText();
  const { t, when } = text;
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
      {list.isPending && <Skeleton label={t('common.loading')} lines={6} />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.data?.items.length === 0 && <EmptyState icon={Package} title={t('passDesk.parcel.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('passDesk.view.parcels')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('passDesk.parcel.shelf')}</th>
                <th scope="col">{t('passDesk.column.home')}</th>
                <th scope="col">{t('passDesk.parcel.carrier')}</th>
                <th scope="col">{t('passDesk.parcel.tail')}</th>
                <th scope="col">{t('passDesk.parcel.at')}</th>
                <th scope="col">{t('passDesk.column.state')}</th>
                <th scope="col">{t('passDesk.column.acts')}</th>
              </tr>
            </thead>
            <tbody>
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
            </tbody>
          </table>
        </section>
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
  const [key, setKey] = useState(newKey);
  const take = useMutation({
    mutationFn: () =>
      passesApi.takeIn(
        {
          scopeId,
          householdId,
          carrier: carrier.trim(),
          shelf: shelf.trim(),
          ...(tail.trim() === '' ? {} : { tail: tail.trim() }),
        },
        key,
      ),
    onSuccess: () => {
      notify(t('passDesk.parcel.taken'));
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
    onError: (problem) => {
      setKey(newKey());
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

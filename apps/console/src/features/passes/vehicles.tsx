import { Button, Dialog, EmptyState, notify, TextField } from '@gongzhi/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Car } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type CarPark, PASSES, passesApi } from './api.ts';
import css from './css.ts';
import { CountsPanel } from './counts.tsx';
import { PassesTable } from './passes-table.tsx';
import { Pending } from '../../components/pending.tsx';

/** The car park and whose cars stand in it. */
export function Vehicles({ scopeId }: { scopeId: string }) {
  const { t, number } = useText();
  const mayManage = useMay('car_park.manage');
  const [isChanging, setChanging] = useState(false);
  const park = useQuery({
    queryKey: [PASSES, 'car-park', scopeId],
    queryFn: () => passesApi.carPark(scopeId),
  });
  const cars = useQuery({
    queryKey: [PASSES, 'vehicles', scopeId],
    queryFn: () => passesApi.passes({ scopeId, kind: 'vehicle', isLive: true, limit: 100 }),
  });
  return (
    <>
      {park.data !== undefined && (
        <div className={css.tools}>
          <p className={css.figures}>
            <span>
              {park.data.spaces === null
                ? t('passDesk.park.unknown')
                : t('passDesk.park.spaces', { spaces: number(park.data.spaces) })}
            </span>
            <span>{t('passDesk.park.held', { held: number(park.data.held) })}</span>
            {park.data.free !== null && (
              <span>{t('passDesk.park.free', { free: number(park.data.free) })}</span>
            )}
            <span>{t('passDesk.park.fee', { fee: number(park.data.monthlyFeeFen / 100) })}</span>
          </p>
          {mayManage && (
            <Button
              onPress={() => {
                setChanging(true);
              }}
            >
              {t('passDesk.park.edit')}
            </Button>
          )}
        </div>
      )}
      <CountsPanel scopeId={scopeId} />
      <Pending of={cars} lines={6} />
      {cars.data?.items.length === 0 && <EmptyState icon={Car} title={t('passDesk.empty')} />}
      {cars.data !== undefined && cars.data.items.length > 0 && (
        <PassesTable rows={cars.data.items} isVehicles />
      )}
      {isChanging && park.data !== undefined && (
        <ParkDialog
          park={park.data}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </>
  );
}

const FEE = /^\d{1,6}(?:\.\d{1,2})?$/;

function ParkDialog({ park, onClose }: { park: CarPark; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [spaces, setSpaces] = useState(park.spaces === null ? '' : String(park.spaces));
  const [fee, setFee] = useState(String(park.monthlyFeeFen / 100));
  const [error, setError] = useState<string | undefined>(undefined);
  const save = useMutation({
    mutationFn: () =>
      passesApi.setCarPark({
        scopeId: park.scopeId,
        spaces: spaces.trim() === '' ? null : Number(spaces),
        monthlyFeeFen: Math.round(Number(fee) * 100),
        expectedVersion: park.version,
      }),
    onSuccess: () => {
      notify(t('passDesk.changed'));
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
    onError: (problem) => {
      setError(problemText(problem, text));
    },
  });
  return (
    <Dialog
      title={t('passDesk.park.edit')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={save.isPending}
            onPress={() => {
              if (FEE.test(fee.trim())) save.mutate();
              else setError(t('fieldErrors.money'));
            }}
          >
            {t('passDesk.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>{t('passDesk.park.words')}</p>
        <TextField
          label={t('passDesk.park.count')}
          inputMode="numeric"
          maxLength={6}
          value={spaces}
          onChange={(typed) => {
            setSpaces(typed.replace(/\D/g, ''));
          }}
        />
        <TextField
          label={t('passDesk.park.monthly')}
          inputMode="decimal"
          maxLength={9}
          value={fee}
          error={error}
          onChange={setFee}
        />
      </div>
    </Dialog>
  );
}

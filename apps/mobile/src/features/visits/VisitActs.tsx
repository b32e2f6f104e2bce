import { Button } from '@gongzhi/ui/Button.tsx';
import { Checkbox } from '@gongzhi/ui/Choice.tsx';
import { formatSpan } from '@gongzhi/i18n/when.ts';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { CalendarClock, DoorClosed } from 'lucide-react';
import { useState } from 'react';
import type { Order, Window } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import type { Submit } from '../work/JobActions.tsx';
import { may } from '../work-orders/say.ts';
import { SaySheet } from '../work-orders/SaySheet.tsx';
import { isSame, stillGood } from './slots.ts';
import css from './VisitCard.module.css';
import { WindowPicker } from './WindowPicker.tsx';

/** The worker's part: agree on an hour, and say that nobody was at home. Both go through the outbox. */
export function VisitActs({ order, submit }: { order: Order; submit: Submit }) {
  const { t } = useWords();
  const [act, setAct] = useState<'make' | 'nobody' | null>(null);
  const close = (): void => {
    setAct(null);
  };
  return (
    <>
      {may(order, 'make_appointment') && (
        <Button icon={CalendarClock} onPress={() => setAct('make')}>
          {t('mobile.visit.make')}
        </Button>
      )}
      {may(order, 'nobody_home') && (
        <Button icon={DoorClosed} onPress={() => setAct('nobody')}>
          {t('mobile.visit.nobody')}
        </Button>
      )}
      {act === 'make' && <MakeSheet order={order} submit={submit} onClose={close} />}
      {act === 'nobody' && (
        <SaySheet
          order={order}
          act="nobody_home"
          title={t('mobile.visit.nobody')}
          label={t('mobile.visit.nobodyWord')}
          isRequired={false}
          photos={{ label: t('mobile.visit.nobodyPhoto'), isRequired: true }}
          before={<p>{t('mobile.visit.nobodyText')}</p>}
          submit={t('mobile.visit.nobodySend')}
          onSubmit={(_text, tray) => submit({ action: 'nobody_home', photoIds: [] }, tray)}
          onClose={close}
        />
      )}
    </>
  );
}

function MakeSheet({ order, submit, onClose }: { order: Order; submit: Submit; onClose: () => void }) {
  const { t, locale } = useWords();
  const now = useNow();
  const offered = stillGood(order.windows, now);
  const [chosen, setChosen] = useState<readonly Window[]>([]);
  const [isByPhone, setByPhone] = useState(false);
  const [reason, setReason] = useState('');
  const [lacks, setLacks] = useState<'window' | 'reason' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isChange = order.appointment !== null;
  const send = async (): Promise<void> => {
    const [window] = chosen;
    const lack = window === undefined ? 'window' : isChange && reason.trim() === '' ? 'reason' : null;
    setLacks(lack);
    if (lack !== null || window === undefined) return;
    setBusy(true);
    try {
      const command = {
        action: 'make_appointment',
        from: window.from,
        to: window.to,
        isByPhone,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      } as const;
      if (await submit(command)) onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t('mobile.visit.make')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={isBusy} onPress={() => void send()}>
          {t('mobile.visit.sendMake')}
        </Button>
      }
    >
      <p className={css.note}>{t('mobile.visit.makeText')}</p>
      {offered.length > 0 && (
        <div className={css.acts}>
          {offered.map((window) => (
            <Button
              key={window.from}
              aria-pressed={chosen.some((one) => isSame(one, window))}
              variant={chosen.some((one) => isSame(one, window)) ? 'primary' : 'secondary'}
              onPress={() => setChosen([window])}
            >
              {t('mobile.visit.residentAt', { spans: formatSpan(locale, window.from, window.to, now) })}
            </Button>
          ))}
        </div>
      )}
      <WindowPicker
        label={t('mobile.visit.title')}
        windows={chosen}
        most={1}
        error={lacks === 'window' ? t('mobile.visit.choose') : undefined}
        onChange={(next) => {
          setLacks(null);
          setChosen(next);
        }}
      />
      <Checkbox isSelected={isByPhone} onChange={setByPhone}>
        {t('mobile.visit.byPhone')}
      </Checkbox>
      {isChange && (
        <TextField
          label={t('mobile.visit.reason')}
          maxLength={200}
          value={reason}
          error={lacks === 'reason' ? t('mobile.visit.reasonMissing') : undefined}
          onChange={(next) => {
            setLacks(null);
            setReason(next);
          }}
        />
      )}
    </Sheet>
  );
}

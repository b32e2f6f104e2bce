import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useState } from 'react';
import type { Order, Window } from '../../api-types.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { useCommand } from '../work-orders/queries.ts';
import { stillGood } from './slots.ts';
import { WindowPicker } from './WindowPicker.tsx';

/** The hours that suit, and, where something was agreed already, why it doesn't any more. */
export function OfferSheet({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useWords();
  const { account } = useMe();
  const name = `${account.id}:${order.id}:offer_windows`;
  const draft = useDraft<{ windows: readonly Window[]; reason: string }>(name, account.id, () => ({
    windows: [],
    reason: '',
  }));
  const [lacks, setLacks] = useState<'windows' | 'reason' | null>(null);
  const command = useCommand(order, () => {
    void draft.clear();
    onClose();
  });
  const isChange = order.appointment !== null;
  const { windows, reason } = draft.value;
  const send = (): void => {
    const good = stillGood(windows, Date.now());
    const lack = good.length === 0 ? 'windows' : isChange && reason.trim() === '' ? 'reason' : null;
    setLacks(lack);
    if (lack !== null) return;
    command.mutate({
      action: 'offer_windows',
      windows: good,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
  };
  return (
    <Sheet
      title={t('mobile.visit.when')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={command.isPending} onPress={send}>
          {t('mobile.visit.send')}
        </Button>
      }
    >
      <WindowPicker
        label={t('mobile.visit.offer')}
        windows={windows}
        error={lacks === 'windows' ? t('mobile.visit.choose') : undefined}
        onChange={(chosen) => {
          setLacks(null);
          draft.change({ windows: chosen });
        }}
      />
      {isChange && (
        <TextField
          label={t('mobile.visit.reason')}
          maxLength={200}
          value={reason}
          error={lacks === 'reason' ? t('mobile.visit.reasonMissing') : undefined}
          onChange={(next) => {
            setLacks(null);
            draft.change({ reason: next });
          }}
        />
      )}
    </Sheet>
  );
}

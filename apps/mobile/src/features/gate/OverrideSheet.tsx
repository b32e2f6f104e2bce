import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useState } from 'react';
import { useWords } from '../../app/words.ts';

const LEAST = 2;

/** Let through against the answer: only with a reason, and only where the guard may. */
export function OverrideSheet({
  onOverride,
  onClose,
}: {
  onOverride: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const isReady = reason.trim().length >= LEAST;
  return (
    <Sheet
      title={t('mobile.gate.override.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          size="large"
          isDisabled={!isReady}
          onPress={() => {
            onOverride(reason.trim());
          }}
        >
          {t('mobile.gate.override.submit')}
        </Button>
      }
    >
      <TextField
        label={t('mobile.gate.override.reason')}
        description={t('mobile.gate.override.reasonText')}
        rows={2}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </Sheet>
  );
}

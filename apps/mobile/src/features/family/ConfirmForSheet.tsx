import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { type Signature, SignaturePad } from '@gongzhi/ui/SignaturePad.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useRef, useState } from 'react';
import type { Command, Order } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { uploadPhoto } from '../photos/upload.ts';
import type { Submit } from '../work/JobActions.tsx';

/** At the door: who has no account signs on the worker's phone that it is done, or says so. */
export function ConfirmForSheet({
  order,
  submit,
  onClose,
}: {
  order: Order;
  submit: Submit;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [signature, setSignature] = useState<Signature | null>(null);
  const [isLacking, setLacking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const key = useRef(newKey());
  const send = async (): Promise<void> => {
    setLacking(signature === null);
    if (signature === null) return;
    setBusy(true);
    try {
      const said: Command =
        signature.how === 'spoken'
          ? { action: 'confirm_for', how: 'in_person', name: signature.name }
          : {
              action: 'confirm_for',
              how: 'signature',
              photoIds: [await uploadPhoto(signature.image, order.scopeId, key.current, () => {})],
            };
      if (await submit(said)) onClose();
    } catch (error) {
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t('family.sign.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={isBusy} onPress={() => void send()}>
          {t('family.sign.save')}
        </Button>
      }
    >
      <SignaturePad
        label={t('family.sign.label')}
        description={t('family.sign.text', { number: order.number, workDone: order.workDone ?? '' })}
        error={isLacking ? t('family.sign.missing') : undefined}
        onChange={(next) => {
          // Another drawing is another picture.
          key.current = newKey();
          setLacking(false);
          setSignature(next);
        }}
      />
    </Sheet>
  );
}

import { Button, Dialog } from '@gongzhi/ui';
import { useState } from 'react';

/** What cannot be taken back is asked about once more, in words that say what then happens. */
export function AskFirst({
  title,
  words,
  keep,
  act,
  onAct,
  onClose,
}: {
  title: string;
  words: string;
  keep: string;
  act: string;
  onAct: () => Promise<void>;
  onClose: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await onAct();
    onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{keep}</Button>
          <Button variant="danger" isBusy={isBusy} onPress={() => void run()}>
            {act}
          </Button>
        </>
      }
    >
      <p>{words}</p>
    </Dialog>
  );
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { isPassing, type Meant, meant } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { PASSAGE, passageApi } from './api.ts';

/** A child under fourteen passes with its guardian; it has no phone, and its face is nobody's business. */
export function ChildSheet({
  scopeId,
  householdId,
  onClose,
}: {
  scopeId: string;
  householdId: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const draft = useDraft(`${me.account.id}:child`, me.account.id, () => ({
    name: '',
    bornOn: '',
    /** Went out, and nobody knows whether it arrived. */
    sent: null as Meant<Body<'invite'>> | null,
  }));
  const { value } = draft;
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const add = useMutation({
    mutationFn: () => {
      const child = {
        scopeId,
        householdId,
        kind: 'minor' as const,
        name: value.name.trim(),
        bornOn: value.bornOn,
      };
      const sent = meant(value.sent, child, () => ({ ...child, validFrom: new Date().toISOString() }));
      draft.change({ sent });
      return passageApi.invite(sent.body, sent.key);
    },
    onSuccess: async () => {
      await draft.clear();
      notify(t('pass.child.done'), { tone: 'done' });
      void client.invalidateQueries({ queryKey: [PASSAGE] });
      onClose();
    },
    onError: (error) => {
      if (!isPassing(error)) draft.change({ sent: null });
      const found = fieldSentences(words, error);
      setLacks(found);
      if (Object.keys(found).length === 0) notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const send = (): void => {
    const missing: Record<string, string> = {};
    if (value.name.trim() === '') missing['name'] = t('fieldErrors.required');
    if (value.bornOn === '') missing['bornOn'] = t('fieldErrors.required');
    setLacks(missing);
    if (Object.keys(missing).length === 0) add.mutate();
  };
  return (
    <Sheet
      title={t('pass.child.add')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={add.isPending} onPress={send}>
          {t('pass.child.save')}
        </Button>
      }
    >
      <TextField
        label={t('pass.child.name')}
        maxLength={40}
        value={value.name}
        isDisabled={!draft.isReady}
        error={lacks['name']}
        onChange={(name) => {
          draft.change({ name });
        }}
      />
      <TextField
        label={t('pass.child.born')}
        type="date"
        value={value.bornOn}
        isDisabled={!draft.isReady}
        error={lacks['bornOn']}
        onChange={(bornOn) => {
          draft.change({ bornOn });
        }}
      />
    </Sheet>
  );
}

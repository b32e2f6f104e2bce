import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { type ReactNode, useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { PhotoPicker } from '../photos/PhotoPicker.tsx';
import type { PhotoTray } from '../photos/tray.ts';
import { useTray } from '../photos/useTray.ts';
import { useMe } from '../session/me.ts';
import { withPreset } from './presets.ts';
import css from './SaySheet.module.css';

export interface SaySheetProps {
  order: { id: string; scopeId: string };
  /** Names what is kept: one draft an order and an act. */
  act: string;
  title: string;
  /** Null: nothing is written, only shown. */
  label: string | null;
  /** Common answers; pressing one writes it, after what was typed. */
  presets?: readonly string[];
  isRequired?: boolean;
  photos?: { label: string; isRequired: boolean };
  submit: string;
  isDanger?: boolean;
  /** Stands above the words, such as the choice of a person. */
  before?: ReactNode;
  /** True once it is done or safely queued: then the draft is forgotten. */
  onSubmit: (text: string, tray: PhotoTray) => Promise<boolean>;
  onClose: () => void;
}

/** Anything one says in words about an order. What is typed is kept until it has been sent. */
export function SaySheet({
  order,
  act,
  title,
  label,
  presets = [],
  isRequired = true,
  photos,
  submit,
  isDanger = false,
  before,
  onSubmit,
  onClose,
}: SaySheetProps) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const name = `${me.account.id}:${order.id}:${act}`;
  const draft = useDraft(name, me.account.id, () => ({ text: '' }));
  const tray = useTray(name, me.account.id, order.scopeId);
  const [lacks, setLacks] = useState<'text' | 'photos' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const text = draft.value.text.trim();
    const lack =
      isRequired && text === ''
        ? 'text'
        : photos?.isRequired === true && tray.photos.length === 0
          ? 'photos'
          : null;
    setLacks(lack);
    if (lack !== null) return;
    setBusy(true);
    try {
      if (await onSubmit(text, tray.tray)) {
        await Promise.all([draft.clear(), tray.tray.clear()]);
        onClose();
      }
    } catch (error) {
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={title}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant={isDanger ? 'danger' : 'primary'} isWide isBusy={isBusy} onPress={() => void send()}>
          {submit}
        </Button>
      }
    >
      {before}
      {presets.length > 0 && (
        <ul className={css.presets}>
          {presets.map((preset) => (
            <li key={preset}>
              <Button
                size="small"
                onPress={() => {
                  draft.change({ text: withPreset(draft.value.text, preset, presets) });
                }}
              >
                {preset}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {label !== null && (
        <TextField
          label={label}
          rows={3}
          maxLength={500}
          value={draft.value.text}
          isDisabled={!draft.isReady}
          error={lacks === 'text' ? t('mobile.say.missing') : undefined}
          onChange={(text) => {
            setLacks(null);
            draft.change({ text });
          }}
        />
      )}
      {photos !== undefined && (
        <PhotoPicker
          tray={tray.tray}
          photos={tray.photos}
          label={photos.label}
          error={lacks === 'photos' ? t('mobile.say.photosMissing') : undefined}
        />
      )}
    </Sheet>
  );
}

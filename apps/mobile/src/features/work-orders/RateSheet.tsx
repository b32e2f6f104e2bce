import { Button } from '@gongzhi/ui/Button.tsx';
import { Segmented, TileChoice } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useState } from 'react';
import type { Order, Score } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { PhotoPicker } from '../photos/PhotoPicker.tsx';
import { useTray } from '../photos/useTray.ts';
import { useMe } from '../session/me.ts';
import { FACES } from './faces.ts';
import { useCommand } from './queries.ts';

const ASPECTS = ['speed', 'manner', 'quality'] as const;
type Aspects = Partial<Record<(typeof ASPECTS)[number], Score>>;

/** A face. Speed, manner and work, words and photos only if one likes: whoever wants to say more opens it. */
export function RateSheet({ order, first, onClose }: { order: Order; first: Score; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const name = `${me.account.id}:${order.id}:rate`;
  const draft = useDraft<{ words: string; aspects: Aspects; isMore: boolean }>(name, me.account.id, () => ({
    words: '',
    aspects: {},
    isMore: false,
  }));
  const tray = useTray(name, me.account.id, order.scopeId);
  const [isBusy, setBusy] = useState(false);
  const rate = useCommand(order);
  const { isMore } = draft.value;
  // The face that was pressed just now, whatever stood there when something was written before.
  const [score, setScore] = useState(first);
  // A draft from before there were aspects has none.
  const aspects = draft.value.aspects ?? {};
  const send = async (): Promise<void> => {
    const said = draft.value.words.trim();
    setBusy(true);
    let photoIds: readonly string[] | null = null;
    try {
      photoIds = await tray.tray.settle();
      await rate.mutateAsync({
        action: 'rate',
        score,
        ...(said === '' ? {} : { words: said }),
        ...(Object.keys(aspects).length === 0 ? {} : { aspects }),
        ...(photoIds.length === 0 ? {} : { photoIds: [...photoIds] }),
      });
      await Promise.all([draft.clear(), tray.tray.clear()]);
      onClose();
    } catch (error) {
      // A photo that would not go; a refusal was told by the command itself. What was said stays.
      if (photoIds === null) notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t('mobile.rate.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={isBusy} onPress={() => void send()}>
          {t('mobile.rate.send')}
        </Button>
      }
    >
      <TileChoice
        label={t('mobile.rate.how')}
        value={score}
        options={FACES.map(({ score: value, icon, word }) => ({ value, label: t(word), icon }))}
        onChange={setScore}
      />
      <TextField
        label={t('mobile.rate.words')}
        rows={3}
        maxLength={1000}
        value={draft.value.words}
        onChange={(written) => {
          draft.change({ words: written });
        }}
      />
      {isMore !== true ? (
        <Button
          isWide
          onPress={() => {
            draft.change({ isMore: true });
          }}
        >
          {t('mobile.rate.more')}
        </Button>
      ) : (
        <>
          {ASPECTS.map((aspect) => (
            <Segmented
              key={aspect}
              label={t(`aspects.${aspect}`)}
              value={aspects[aspect] ?? null}
              options={FACES.map(({ score: value, word }) => ({ value, label: t(word) }))}
              onChange={(next) => {
                draft.change({ aspects: { ...aspects, [aspect]: next } });
              }}
            />
          ))}
          <PhotoPicker tray={tray.tray} photos={tray.photos} label={t('mobile.report.photos')} />
        </>
      )}
    </Sheet>
  );
}

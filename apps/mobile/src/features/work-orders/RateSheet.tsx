import { Button } from '@gongzhi/ui/Button.tsx';
import { TileChoice } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import type { Order, Score } from '../../api-types.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { FACES } from './faces.ts';
import { useCommand } from './queries.ts';

/** A face, and words if one likes. */
export function RateSheet({ order, first, onClose }: { order: Order; first: Score; onClose: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const draft = useDraft<{ score: Score; words: string }>(
    `${me.account.id}:${order.id}:rate`,
    me.account.id,
    () => ({
      score: first,
      words: '',
    }),
  );
  const rate = useCommand(order, () => {
    void draft.clear();
    onClose();
  });
  return (
    <Sheet
      title={t('mobile.rate.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          isWide
          isBusy={rate.isPending}
          onPress={() => {
            const words = draft.value.words.trim();
            rate.mutate({ action: 'rate', score: draft.value.score, ...(words === '' ? {} : { words }) });
          }}
        >
          {t('mobile.rate.send')}
        </Button>
      }
    >
      <TileChoice
        label={t('mobile.rate.how')}
        value={draft.value.score}
        options={FACES.map(({ score, icon, word }) => ({ value: score, label: t(word), icon }))}
        onChange={(score) => {
          draft.change({ score });
        }}
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
    </Sheet>
  );
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import type { Tone } from '@gongzhi/ui/tone.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { type Barrier, barrierApi, GATE_BARRIERS, type OpenReason, useBarriers } from './barriers.ts';
import css from './gate.module.css';
import type { PostView } from './post-types.ts';

const REASONS: readonly OpenReason[] = ['let_through', 'urgent', 'stuck', 'test'];
type State = Barrier['commands'][number]['state'];
const toneOf: Readonly<Record<State, Tone>> = {
  waiting: 'due',
  opened: 'done',
  refused: 'late',
  failed: 'late',
  unanswered: 'late',
};
const RECENT_MS = 60_000;

/** What the barriers of this gate did a moment ago; said aloud where one did not. */
export function BarrierNotes({ view }: { view: PostView }) {
  const { t } = useWords();
  const found = useBarriers(view);
  if (view.line === 'down' || found === undefined) return null;
  const recent = found.items.flatMap((barrier) => {
    const [command] = barrier.commands;
    const isRecent =
      command !== undefined && Date.parse(found.now) - Date.parse(command.createdAt) < RECENT_MS;
    return isRecent ? [{ barrier, state: command.state }] : [];
  });
  if (recent.length === 0) return null;
  return (
    <div className={css.notes} aria-live="assertive">
      {recent.map(({ barrier, state }) =>
        toneOf[state] === 'late' ? (
          <div key={barrier.id} className={css.note} data-tone="late">
            <Icon of={TriangleAlert} />
            <div>
              <strong>{barrier.label}</strong> {t(`barrier.state.${state}`)}
              <br />
              {t('barrier.byHand')}
            </div>
          </div>
        ) : (
          <div key={barrier.id} className={css.facts}>
            {barrier.label} <StatusChip tone={toneOf[state]} word={t(`barrier.state.${state}`)} />
          </div>
        ),
      )}
    </div>
  );
}

/** Without a passage: with a reason. */
export function BarrierButtons({ view }: { view: PostView }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const found = useBarriers(view);
  const [reason, setReason] = useState<OpenReason>('let_through');
  const open = useMutation({
    mutationFn: (id: string) => barrierApi.open(view.device!.scopeId, id, reason),
    onSuccess: async () => {
      notify(t('mobile.gate.barrier.ordered'));
      await client.invalidateQueries({ queryKey: [GATE_BARRIERS] });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  if (view.line === 'down' || found === undefined || found.items.length === 0) return null;
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{t('mobile.gate.barrier.title')}</h3>
      <p className={css.quiet}>{t('mobile.gate.barrier.text')}</p>
      <Select
        label={t('barrier.reason')}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`barrier.reason.${value}`) }))}
        onChange={(next) => {
          setReason(REASONS.find((one) => one === next) ?? 'let_through');
        }}
      />
      <div className={css.grid}>
        {found.items.map(({ id, label }) => (
          <Button
            key={id}
            size="large"
            isBusy={open.isPending}
            onPress={() => {
              open.mutate(id);
            }}
          >
            {`${t('barrier.open')} · ${label}`}
          </Button>
        ))}
      </div>
    </section>
  );
}

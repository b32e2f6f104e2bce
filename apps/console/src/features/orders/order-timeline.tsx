import { Timeline, type TimelineItem, type Tone, useNow } from '@gongzhi/ui';
import { fileUrl } from '../../api.ts';
import type { TimelineEntry } from '../../api-types.ts';
import { type Text, useText } from '../../app/text.ts';
import { CommentBox } from './comment-box.tsx';
import css from './order-timeline.module.css';
import { Photos } from './photos.tsx';
import type { SectionProps } from './sections.ts';
import { useTimeline } from './use-timeline.ts';
import { Pending } from '../../components/pending.tsx';

const toneOfEvent: Readonly<Record<string, Tone>> = {
  accepted: 'moving',
  departed: 'moving',
  arrived: 'moving',
  started: 'moving',
  resumed: 'moving',
  finished: 'done',
  confirmed: 'done',
  closed: 'done',
  rated: 'done',
  urged: 'due',
  paused: 'due',
  disputed: 'late',
  refused: 'late',
  respond_overdue: 'late',
  arrive_overdue: 'late',
  resolve_overdue: 'late',
};

/** Every hand, every hour, newest first, internal remarks marked; a word can be added at the top. */
export function OrderTimeline({ order, onChanged }: SectionProps) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const timeline = useTimeline(order.scopeId, order.id);
  return (
    <section className={css.column} aria-label={t('console.order.timeline')}>
      <CommentBox order={order} onChanged={onChanged} />
      <Pending of={timeline} lines={6} />
      {timeline.isSuccess && (
        <Timeline
          label={t('console.order.timeline')}
          items={[...timeline.data].reverse().map((entry) => itemOf(entry, order.scopeId, now, text))}
        />
      )}
    </section>
  );
}

function itemOf(entry: TimelineEntry, scopeId: string, now: number, text: Text): TimelineItem {
  const { t, event } = text;
  const isComment = entry.kind === 'work_order.commented';
  const detail = detailOf(entry, scopeId, text);
  const title = isComment ? t('console.comment.by', { name: whoIs(entry, text) }) : event(entry, now);
  const by = byWhom(entry, title, text);
  return {
    id: entry.id,
    at: entry.at,
    title,
    tone: toneOfEvent[entry.kind.replace(/^work_order\./, '')] ?? 'waiting',
    ...(by === null ? {} : { by }),
    ...(detail === null ? {} : { detail }),
    ...(entry.isInternal ? { mark: t('console.comment.internal') } : {}),
  };
}

function whoIs(entry: TimelineEntry, { t, tk }: Text): string {
  if (entry.actorIsMe) return t('console.order.me');
  return entry.actorName ?? tk(`roles.${entry.actorRole}`, {}, 'console.role.unknown');
}

/** Name and role; what the sentence has said already isn't said again. */
function byWhom(entry: TimelineEntry, title: string, { tk }: Text): string | null {
  const role = entry.actorRole === 'system' ? '' : tk(`roles.${entry.actorRole}`, {}, 'console.role.unknown');
  const name = entry.actorName ?? '';
  const words = [name, role].filter((word) => word !== '' && !title.includes(word));
  return words.length === 0 ? null : words.join(' · ');
}

/** What stands beside the sentence: notes among staff, a rating's words, why somebody passed it on. */
function detailOf(entry: TimelineEntry, scopeId: string, { t }: Text) {
  const names = ['work_order.refused', 'work_order.transferred'].includes(entry.kind)
    ? ['reason', 'note', 'words']
    : ['text', 'note', 'words'];
  const written = names.flatMap((name) => {
    const value = entry.params[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  // What came with the report stands among the facts already.
  const photos = entry.kind === 'work_order.submitted' ? [] : entry.photos;
  const voiceId = entry.params['voiceId'];
  const isSpoken = typeof voiceId === 'string';
  if (written.length === 0 && photos.length === 0 && !isSpoken) return null;
  return (
    <>
      {written.map((words) => (
        <p key={words} className={css.words}>
          {words}
        </p>
      ))}
      <Photos scopeId={scopeId} photos={photos} label={t('console.order.photos')} />
      {isSpoken && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- a resident's own words; nobody wrote them down
        <audio
          controls
          preload="none"
          src={fileUrl(scopeId, voiceId, 'full')}
          aria-label={t('console.reporting.voice')}
        />
      )}
    </>
  );
}

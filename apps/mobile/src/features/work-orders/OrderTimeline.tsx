import { eventText } from '@gongzhi/i18n/mobile-app.ts';
import { Timeline, type TimelineItem } from '@gongzhi/ui/Timeline.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import type { TimelineEntry } from '../../api-types.ts';
import { useWords, type Words } from '../../app/words.ts';
import { VoiceNotes } from '../voice/VoiceNotes.tsx';
import { OrderPhotos } from './OrderPhotos.tsx';
import { eventTone } from './say.ts';

/** Every hand and every hour, the newest on top. */
export function OrderTimeline({
  entries,
  scopeId,
  showsInternal,
}: {
  entries: readonly TimelineEntry[];
  scopeId: string;
  showsInternal: boolean;
}) {
  const words = useWords();
  const now = useNow();
  const items = entries
    // The server leaves internal lines out for residents; a second wall costs nothing.
    .filter((entry) => showsInternal || !entry.isInternal)
    .map<TimelineItem>((entry) => {
      const title = eventText(words.locale, entry, now);
      const by = actorOf(words, entry, title);
      const detail = detailOf(entry, title, scopeId);
      return {
        id: entry.id,
        at: entry.at,
        title,
        tone: eventTone(entry),
        ...(by === null ? {} : { by }),
        ...(detail === null ? {} : { detail }),
        ...(entry.isInternal ? { mark: words.t('mobile.timeline.internal') } : {}),
      };
    })
    // Ids are in time order too: they settle what happened in the same instant.
    .sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
  return <Timeline items={items} label={words.t('mobile.timeline.title')} />;
}

/** What they are, and their name unless the sentence has said it. */
function actorOf({ t, tKey }: Words, entry: TimelineEntry, title: string): string | null {
  const role = tKey(`roles.${entry.actorRole}`, {}, 'words.someone');
  if (entry.actorIsMe) return title.includes(t('words.you')) ? null : t('words.you');
  return entry.actorName === null || title.includes(entry.actorName)
    ? role
    : t('mobile.timeline.actor', { name: entry.actorName, role });
}

/** What came with it and is not in the sentence yet: a note, words, pictures. */
function detailOf(entry: TimelineEntry, title: string, scopeId: string) {
  const said = ['note', 'words', 'text', 'workDone', 'reason']
    .map((name) => entry.params[name])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .find((value) => !title.includes(value) && !/^[a-z_]+$/.test(value));
  const voiceId = entry.params['voiceId'];
  const voices = typeof voiceId === 'string' ? [voiceId] : [];
  if (said === undefined && entry.photos.length === 0 && voices.length === 0) return null;
  return (
    <>
      {said !== undefined && <p>{said}</p>}
      <OrderPhotos photos={entry.photos} scopeId={scopeId} label={title} />
      <VoiceNotes ids={voices} scopeId={scopeId} />
    </>
  );
}

import { voiceUrl } from '../../api.ts';
import { useWords } from '../../app/words.ts';
import css from './VoiceField.module.css';

/** What somebody said into the phone, for whom the server lets hear it. */
export function VoiceNotes({ ids, scopeId }: { ids: readonly string[]; scopeId: string }) {
  const { t } = useWords();
  return ids.map((id) => (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a resident's own words; nobody wrote them down
    <audio
      key={id}
      className={css.player}
      controls
      preload="none"
      src={voiceUrl(id, scopeId)}
      aria-label={t('mobile.voice.play')}
    />
  ));
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { AudioLines, Square, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../app/words.ts';
import { canRecord, type Recording, startRecording } from './record.ts';
import type { Voice } from './useVoice.ts';
import css from './VoiceField.module.css';

/** Record, listen, delete. Where the browser can't record the button isn't there. */
export function VoiceField({ voice }: { voice: Voice }) {
  const { t } = useWords();
  const [seconds, setSeconds] = useState<number | null>(null);
  const recording = useRef<Recording | null>(null);
  useEffect(
    () => () => {
      recording.current?.stop();
    },
    [],
  );
  if (!canRecord() && voice.url === null) return null;
  const record = async (): Promise<void> => {
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      recording.current = await startRecording();
      setSeconds(0);
      timer = setInterval(() => {
        setSeconds((before) => (before ?? 0) + 1);
      }, 1000);
      const blob = await recording.current.done;
      if (blob === null) throw new Error('silence');
      await voice.keep(blob);
    } catch {
      notify(t('mobile.voice.failed'), { tone: 'due' });
    } finally {
      clearInterval(timer);
      recording.current = null;
      setSeconds(null);
    }
  };
  if (voice.url !== null)
    return (
      <div className={css.note}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- one's own voice, just spoken */}
        <audio className={css.player} controls src={voice.url} aria-label={t('mobile.voice.recorded')} />
        <Button icon={Trash2} variant="quiet" onPress={() => void voice.drop()}>
          {t('mobile.voice.drop')}
        </Button>
      </div>
    );
  return (
    <div className={css.record}>
      <Button
        icon={seconds === null ? AudioLines : Square}
        aria-pressed={seconds !== null}
        onPress={() => {
          if (recording.current === null) void record();
          else recording.current.stop();
        }}
      >
        {seconds === null ? t('mobile.voice.record') : t('mobile.voice.stop', { seconds })}
      </Button>
      {seconds !== null && <p className={css.hint}>{t('mobile.voice.hint')}</p>}
    </div>
  );
}

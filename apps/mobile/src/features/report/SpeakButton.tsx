import { Button } from '@gongzhi/ui/Button.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../app/words.ts';
import { canSpeak, listen } from './speech.ts';

/** Says it instead of typing it; only where the browser can listen. */
export function SpeakButton({ onWords }: { onWords: (words: string) => void }) {
  const { t, locale } = useWords();
  const [isListening, setListening] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(
    () => () => {
      stop.current?.();
    },
    [],
  );
  if (!canSpeak()) return null;
  const press = (): void => {
    if (isListening) {
      stop.current?.();
      return;
    }
    setListening(true);
    stop.current = listen(locale, onWords, (isGood) => {
      setListening(false);
      if (!isGood) notify(t('mobile.report.cannotListen'), { tone: 'due' });
    });
  };
  return (
    <Button icon={isListening ? Square : Mic} onPress={press} aria-pressed={isListening}>
      {t(isListening ? 'mobile.report.stopListening' : 'mobile.report.speak')}
    </Button>
  );
}

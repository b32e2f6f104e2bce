/** The browser's own speech recognition, where there is one. Typed here: TypeScript's library doesn't know it. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
}

type RecognitionMaker = new () => Recognition;

function maker(): RecognitionMaker | undefined {
  const known = window as unknown as Record<string, RecognitionMaker | undefined>;
  return known['SpeechRecognition'] ?? known['webkitSpeechRecognition'];
}

export function canSpeak(): boolean {
  return maker() !== undefined;
}

/** Listens until silence; answers a way to stop. `onEnd(false)`: it could not listen. */
export function listen(
  locale: string,
  onWords: (words: string) => void,
  onEnd: (isGood: boolean) => void,
): () => void {
  const Maker = maker();
  if (Maker === undefined) {
    onEnd(false);
    return () => undefined;
  }
  const recognition = new Maker();
  let isGood = true;
  recognition.lang = locale === 'en' ? 'en-US' : 'zh-CN';
  recognition.interimResults = false;
  recognition.onresult = (event) => {
    const heard = Array.from(event.results, (result) => result[0]?.transcript ?? '').join('');
    if (heard !== '') onWords(heard);
  };
  recognition.onerror = (event) => {
    isGood = event.error === 'no-speech' || event.error === 'aborted';
  };
  recognition.onend = () => {
    onEnd(isGood);
  };
  recognition.start();
  return () => {
    recognition.stop();
  };
}

/** What an answer sounds like: three figures that nobody confuses, made here, so that no file has to come. */
export type Tone = 'pass' | 'ask' | 'stop' | 'queued';

/** Hz and seconds, one after the other. */
const FIGURES: Readonly<Record<Tone, readonly (readonly [hertz: number, seconds: number])[]>> = {
  pass: [
    [880, 0.07],
    [1320, 0.11],
  ],
  ask: [
    [660, 0.12],
    [0, 0.05],
    [660, 0.12],
  ],
  stop: [
    [300, 0.18],
    [0, 0.06],
    [220, 0.32],
  ],
  queued: [[990, 0.05]],
};
const LOUD = 0.35;
/** Begun and ended softly, or it cracks. */
const EDGE_S = 0.008;

let context: AudioContext | null = null;

/** Browsers let a page sound only after it was touched: called at the first touch. */
export function wakeSound(): void {
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => undefined);
  } catch {
    // No sound on this machine: colour, shape and words remain.
  }
}

export function sound(tone: Tone): void {
  if (context?.state !== 'running') return;
  let at = context.currentTime + 0.005;
  for (const [hertz, seconds] of FIGURES[tone]) {
    if (hertz > 0) {
      const voice = context.createOscillator();
      const gain = context.createGain();
      voice.type = tone === 'stop' ? 'square' : 'sine';
      voice.frequency.value = hertz;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(tone === 'stop' ? LOUD / 2 : LOUD, at + EDGE_S);
      gain.gain.setValueAtTime(tone === 'stop' ? LOUD / 2 : LOUD, at + seconds - EDGE_S);
      gain.gain.linearRampToValueAtTime(0, at + seconds);
      voice.connect(gain).connect(context.destination);
      voice.start(at);
      voice.stop(at + seconds);
    }
    at += seconds;
  }
}

/** Says it in the page's language; a new sentence takes the place of one that is still being said. */
export function speak(text: string, lang: string): void {
  const voices = (window as Partial<Window>).speechSynthesis;
  if (voices === undefined) return;
  voices.cancel();
  const sentence = new SpeechSynthesisUtterance(text);
  sentence.lang = lang;
  sentence.rate = 1.15;
  voices.speak(sentence);
}

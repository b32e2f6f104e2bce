import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../app/words.ts';
import { makeReader } from '../report/scanner.ts';
import css from './gate.module.css';

const PAUSE_MS = 80;
/** A code that stays before the camera is one person, not ten. */
const SAME_MS = 4000;

/** The camera of the gate: looks on and on, one code after the other. */
export function Camera({ onCode }: { onCode: (text: string) => void }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const said = useRef(onCode);
  said.current = onCode;
  const [isDenied, setDenied] = useState(false);
  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | null = null;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const look = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const seen = video.current;
      if (isOver || seen === null) return;
      seen.srcObject = stream;
      await seen.play();
      const read = await makeReader();
      let last = { text: '', at: 0 };
      while (!isOver) {
        const text = await read(seen);
        const now = performance.now();
        if (text !== null && (text !== last.text || now - last.at > SAME_MS)) said.current(text);
        if (text !== null) last = { text, at: now };
        await new Promise((resolve) => {
          setTimeout(resolve, PAUSE_MS);
        });
      }
    };
    look()
      .catch(() => {
        if (!isOver) setDenied(true);
      })
      .finally(stop);
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return isDenied ? (
    <p role="status" className={css.denied}>
      {t('mobile.gate.camera.denied')}
    </p>
  ) : (
    <video ref={video} className={css.camera} muted playsInline aria-label={t('mobile.gate.camera.view')} />
  );
}

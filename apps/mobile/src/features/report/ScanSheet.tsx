import { Dialog } from '@gongzhi/ui/Dialog.tsx';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../app/words.ts';
import { type FacilityCode, facilityInCode } from './facility.ts';
import { makeReader } from './scanner.ts';
import css from './ScanSheet.module.css';

const PAUSE_MS = 150;

/** The camera, until it has seen the code of a facility. */
export function ScanSheet({
  onFound,
  onClose,
}: {
  onFound: (code: FacilityCode) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onFound);
  found.current = onFound;
  const [trouble, setTrouble] = useState<'denied' | 'notOurs' | null>(null);
  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | null = null;
    const look = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const seen = video.current;
      if (isOver || seen === null) return;
      seen.srcObject = stream;
      await seen.play();
      const read = await makeReader();
      while (!isOver) {
        const text = await read(seen);
        const code = text === null ? null : facilityInCode(text);
        if (code !== null && !isOver) {
          isOver = true;
          found.current(code);
          return;
        }
        if (text !== null) setTrouble('notOurs');
        await new Promise((resolve) => {
          setTimeout(resolve, PAUSE_MS);
        });
      }
    };
    look()
      .catch(() => {
        if (!isOver) setTrouble('denied');
      })
      .finally(stop);
    function stop(): void {
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return (
    <Dialog title={t('mobile.scan.title')} isOpen onOpenChange={onClose}>
      <video ref={video} className={css.view} muted playsInline hidden={trouble === 'denied'} />
      <p role="status">{trouble === null ? t('mobile.scan.text') : t(`mobile.scan.${trouble}`)}</p>
    </Dialog>
  );
}

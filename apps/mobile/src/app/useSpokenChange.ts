import { announce } from '@gongzhi/ui/notices.ts';
import { useEffect, useRef } from 'react';

/** Says a sentence aloud when it changes by itself, and not when it is first shown. */
export function useSpokenChange(sentence: string): void {
  const said = useRef(sentence);
  useEffect(() => {
    if (said.current === sentence) return;
    said.current = sentence;
    announce(sentence);
  }, [sentence]);
}

import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useEffect, useRef } from 'react';
import { api } from '../../api.ts';
import { problemSentence } from '../../app/problems.ts';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';

/**
 * Words that somebody wrote to the WeChat account, behind the link it answered with. The address loses the link once the
 * words are here, or are known to be gone; without a network it keeps it, and a reload asks again.
 */
export function useSaid(token: string | null, isReady: boolean, onWords: (words: string) => void): void {
  const words = useWords();
  const latest = useRef({ words, onWords });
  latest.current = { words, onWords };
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (token === null || !isReady || asked.current === token) return;
    asked.current = token;
    api.takeWechatLink(token).then(
      ({ words: said }) => {
        const { t } = latest.current.words;
        navigate(url.report(), { isReplacing: true });
        if (said === null) return;
        latest.current.onWords(said);
        notify(t('mobile.wechat.words'));
      },
      (error: unknown) => {
        const isOver = error instanceof ApiProblem && error.code === 'wechat.link_gone';
        if (isOver) navigate(url.report(), { isReplacing: true });
        notify(
          isOver
            ? latest.current.words.t('mobile.wechat.wordsGone')
            : problemSentence(latest.current.words, error),
          { tone: 'late' },
        );
      },
    );
  }, [token, isReady]);
}

/** Behind what is written already; the same words a second time change nothing. */
export function withSaid(description: string, said: string): string {
  if (description.includes(said)) return description;
  return description.trim() === '' ? said : `${description}\n${said}`;
}

import { X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { IconButton } from './Button.tsx';
import css from './Notices.module.css';
import { dismissNotice, type Notice, readNotices, subscribeNotices } from './notices.ts';
import { ToneIcon } from './Status.tsx';
import { t, useLocale } from './words.tsx';

/** Long enough to read the longest sentence we say twice. */
const SHOWN_MS = 6000;

/** Put once, at the root: the live regions and what is shown in passing. */
export function Notices() {
  const state = useSyncExternalStore(subscribeNotices, readNotices, readNotices);
  return (
    <>
      <div className="gz-hidden" aria-live="polite">
        <span key={state.polite.id}>{state.polite.text}</span>
      </div>
      <div className="gz-hidden" aria-live="assertive">
        <span key={state.assertive.id}>{state.assertive.text}</span>
      </div>
      <div className={css.stack}>
        {state.notices.map((notice) => (
          <Shown key={notice.id} notice={notice} />
        ))}
      </div>
    </>
  );
}

function Shown({ notice }: { notice: Notice }) {
  const locale = useLocale();
  useEffect(() => {
    if (notice.isLasting) return;
    const timer = setTimeout(() => {
      dismissNotice(notice.id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [notice]);
  return (
    <div className={css.notice} data-tone={notice.tone}>
      <ToneIcon tone={notice.tone} />
      <p className={css.text}>{notice.text}</p>
      <IconButton
        icon={X}
        label={t(locale, 'ui.close')}
        onPress={() => {
          dismissNotice(notice.id);
        }}
      />
    </div>
  );
}

import { Dialog } from '@gongzhi/ui';
import { useEffect, useState } from 'react';
import { http } from '../api.ts';
import { SignInForm } from '../features/session/sign-in-form.tsx';
import { href, url } from './routes.ts';
import { adopt, startOver, useMe } from './session.tsx';
import { useText } from './text.ts';
import css from './reauth.module.css';

/**
 * The session ran out in the middle of something. The page stays as it is, with everything typed; the call that
 * failed waits here and goes out again, with its own key, once the same person has signed in.
 */
export function Reauth() {
  const { t } = useText();
  const me = useMe();
  const [waiting, setWaiting] = useState<((isBack: boolean) => void) | null>(null);

  useEffect(() => {
    http.setReauthenticate(
      () =>
        new Promise<boolean>((resolve) => {
          setWaiting(() => resolve);
        }),
    );
    return () => {
      http.setReauthenticate(null);
    };
  }, []);

  return (
    <Dialog title={t('console.reauth.title')} isOpen={waiting !== null} isFirm onOpenChange={() => undefined}>
      <p className={css.words}>{t('console.reauth.words', { name: me.account.displayName })}</p>
      <SignInForm
        onSignedIn={(next) => {
          // Somebody else's page must not carry on under a new name.
          if (next.account.id !== me.account.id) {
            startOver(href(url.desk()));
            return;
          }
          adopt(next);
          waiting?.(true);
          setWaiting(null);
        }}
      />
    </Dialog>
  );
}

import { Button, Dialog, notify } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, http } from '../api.ts';
import type { Me } from '../api-types.ts';
import { SignInForm } from '../features/session/sign-in-form.tsx';
import { problemText } from './errors.ts';
import { queryKeys } from './query.ts';
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

  const back = (next: Me): void => {
    // Somebody else's page must not carry on under a new name.
    if (next.account.id !== me.account.id) {
      startOver(href(url.desk()));
      return;
    }
    adopt(next);
    waiting?.(true);
    setWaiting(null);
  };

  return (
    <Dialog title={t('console.reauth.title')} isOpen={waiting !== null} isFirm onOpenChange={() => undefined}>
      <p className={css.words}>{t('console.reauth.words', { name: me.account.displayName })}</p>
      {waiting !== null && me.mode === 'demo' && <PersonaBack onSignedIn={back} />}
      <SignInForm onSignedIn={back} />
    </Dialog>
  );
}

/** In the demonstration nobody knows the number of who they are. */
function PersonaBack({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const text = useText();
  const me = useMe();
  const options = useQuery({ queryKey: queryKeys.authOptions, queryFn: api.authOptions });
  const persona = options.data?.personas.find(({ name }) => name === me.account.displayName);
  const [isBusy, setBusy] = useState(false);
  if (persona === undefined) return null;
  const enter = (): void => {
    setBusy(true);
    api
      .enterAs(persona.id)
      .then(onSignedIn, (problem: unknown) => notify(problemText(problem, text), { tone: 'late' }))
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <Button isBusy={isBusy} onPress={enter}>
      {text.t('console.reauth.persona', { name: persona.name })}
    </Button>
  );
}

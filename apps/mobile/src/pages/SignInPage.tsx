import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Avatar } from '@gongzhi/ui/Status.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, FlaskConical } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { api } from '../api.ts';
import type { Me, Persona } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { readPreferences, setPreferences, subscribePreferences } from '../app/preferences.ts';
import { problemSentence } from '../app/problems.ts';
import { navigate, usePlace } from '../app/router.tsx';
import { safeNext } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { homeOf, takeMe } from '../features/session/me.ts';
import { SignInForm } from '../features/session/SignInForm.tsx';
import css from './SignInPage.module.css';

export default function SignInPage() {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const next = usePlace()?.search.get('next') ?? null;
  const options = useQuery({ queryKey: ['auth-options'], queryFn: api.authOptions });
  const signedIn = (me: Me): void => {
    // Nothing that another person saw on this phone stays in memory.
    client.clear();
    takeMe(client, me);
    const home = homeOf(me.acting.role);
    navigate(next === null || home === '/desk/' ? home : safeNext(next), { isReplacing: true });
  };
  return (
    <>
      <Comfort />
      <PageHead title={t('mobile.signIn.title')} />
      <p className={css.lead}>{t('mobile.signIn.lead')}</p>
      {options.data?.mode === 'demo' && <Demo personas={options.data.personas} onSignedIn={signedIn} />}
      {options.error !== null && <p className={css.problem}>{problemSentence(words, options.error)}</p>}
      <Card label={t('mobile.signIn.byPhone')}>
        <SignInForm onSignedIn={signedIn} />
      </Card>
    </>
  );
}

/** Language and large type before anything has to be read. */
function Comfort() {
  const { t } = useWords();
  const { locale, isLargeType } = useSyncExternalStore(
    subscribePreferences,
    readPreferences,
    readPreferences,
  );
  return (
    <div className={css.comfort}>
      <Button
        size="small"
        aria-pressed={isLargeType}
        onPress={() => {
          setPreferences({ isLargeType: !isLargeType });
        }}
      >
        {t(isLargeType ? 'mobile.me.normalType' : 'mobile.me.largeType')}
      </Button>
      <Button
        size="small"
        onPress={() => {
          setPreferences({ locale: locale === 'en' ? 'zh-CN' : 'en' });
        }}
      >
        {t(locale === 'en' ? 'locales.zh-CN' : 'locales.en')}
      </Button>
    </div>
  );
}

/** Said loudly: nobody here is real. One door for each role. */
function Demo({ personas, onSignedIn }: { personas: readonly Persona[]; onSignedIn: (me: Me) => void }) {
  const words = useWords();
  const { t, tKey } = words;
  const enter = useMutation({
    mutationFn: api.enterAs,
    onSuccess: onSignedIn,
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const onPhone = personas.filter(({ home }) => home === '/m/');
  const atDesk = personas.filter(({ home }) => home !== '/m/');
  const door = (persona: Persona) => (
    <li key={persona.id}>
      <button
        type="button"
        className={css.door}
        disabled={enter.isPending}
        onClick={() => {
          enter.mutate(persona.id);
        }}
      >
        <Avatar name={persona.name} />
        <span className={css.who}>
          <strong>{t('mobile.signIn.enterAs', { name: persona.name })}</strong>
          <span className={css.where}>
            {tKey(`roles.${persona.role}`, {}, 'words.someone')} · {persona.placeLabel}
          </span>
        </span>
        <Icon of={ChevronRight} />
      </button>
    </li>
  );
  return (
    <section className={css.demo} aria-labelledby="demo">
      <p id="demo" className={css.loud}>
        <Icon of={FlaskConical} size="1.75rem" />
        <span>{t('common.demoNotice')}</span>
      </p>
      <ul className={css.doors}>{onPhone.map(door)}</ul>
      {atDesk.length > 0 && (
        <details className={css.more}>
          <summary>{t('mobile.signIn.deskRoles', { count: atDesk.length })}</summary>
          <ul className={css.doors}>{atDesk.map(door)}</ul>
        </details>
      )}
    </section>
  );
}

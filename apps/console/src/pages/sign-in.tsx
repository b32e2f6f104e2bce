import { Button, cx, Icon } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ArrowRight, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Me, Persona } from '../api-types.ts';
import { Brand } from '../app/brand.tsx';
import { problemText } from '../app/errors.ts';
import { LanguageSwitch } from '../app/language-switch.tsx';
import { queryKeys } from '../app/query.ts';
import { href, url } from '../app/routes.ts';
import { adopt, startOver } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { SignInForm } from '../features/session/sign-in-form.tsx';
import css from './sign-in.module.css';
import { Pending } from '../components/pending.tsx';

export default function SignInPage() {
  const { t } = useText();
  useTitle(t('console.signIn.title'));
  const { next } = useSearch({ from: '/sign-in' });
  const options = useQuery({ queryKey: queryKeys.authOptions, queryFn: api.authOptions });
  const isDemo = options.data?.mode === 'demo';

  const enter = (me: Me, home: string = href(url.desk())): void => {
    adopt(me);
    const isKeeper = me.permissions.includes('grid.mine') && home === href(url.desk());
    startOver(next ?? (isKeeper ? href(url.myGrid()) : home));
  };

  return (
    <div className={css.page}>
      <header>
        <div className={css.head}>
          <Brand />
          <LanguageSwitch />
        </div>
        {isDemo && (
          <p className={css.demo}>
            <Icon of={FlaskConical} size="1.5rem" />
            <span>
              <strong>{t('console.demo.title')}</strong> {t('console.demo.words')}
            </span>
          </p>
        )}
      </header>
      <main className={cx(css.main, isDemo && css.both)}>
        {isDemo && (
          <section aria-labelledby="enter-as">
            <h2 id="enter-as" className={css.heading}>
              {t('console.demo.enterAs')}
            </h2>
            <Personas personas={options.data?.personas ?? []} onEnter={enter} />
          </section>
        )}
        <section className={css.card} aria-labelledby="sign-in">
          <h1 id="sign-in" className={css.heading}>
            {t('console.signIn.title')}
          </h1>
          <Pending of={options} lines={4} />
          {options.isSuccess && <SignInForm onSignedIn={enter} />}
        </section>
      </main>
    </div>
  );
}

function Personas({
  personas,
  onEnter,
}: {
  personas: readonly Persona[];
  onEnter: (me: Me, home: string) => void;
}) {
  const text = useText();
  const [busyId, setBusyId] = useState<string | null>(null);
  const [error, setError] = useState<string>();

  const enter = async (persona: Persona): Promise<void> => {
    setBusyId(persona.id);
    setError(undefined);
    try {
      onEnter(await api.enterAs(persona.id), persona.home);
    } catch (problem) {
      setError(problemText(problem, text));
      setBusyId(null);
    }
  };

  const group = (home: Persona['home'], heading: string) => {
    const members = personas.filter((persona) => persona.home === home);
    if (members.length === 0) return null;
    return (
      <>
        <h3 className={css.group}>{heading}</h3>
        <ul className={css.personas}>
          {members.map((persona) => (
            <li key={persona.id}>
              <Button
                className={css.persona ?? ''}
                isWide
                isBusy={busyId === persona.id}
                onPress={() => void enter(persona)}
              >
                <span className={css.role}>
                  {text.tk(`roles.${persona.role}`, {}, 'console.role.unknown')}
                </span>
                <span className={css.name}>{persona.name}</span>
                <span className={css.place}>{persona.placeLabel}</span>
                <span className={css.go}>
                  <Icon of={ArrowRight} />
                </span>
              </Button>
            </li>
          ))}
        </ul>
      </>
    );
  };

  return (
    <>
      {group('/desk/', text.t('console.demo.atDesk'))}
      {group('/m/', text.t('console.demo.onPhone'))}
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}

import { EmptyState } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserRoundX } from 'lucide-react';
import { api } from '../../api.ts';
import type { PersonDetail } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import css from './person-panel.module.css';
import { Correct } from './correct.tsx';
import { Reveal } from './reveal.tsx';
import { Rights } from './rights.tsx';
import { Pending } from '../../components/pending.tsx';

const STATES = ['current', 'coming', 'past'] as const;

/** One person: masked, with every home and its days. */
export function PersonPanel({ scopeId, id }: { scopeId: string; id: string }) {
  const { t } = useText();
  const person = useQuery({ queryKey: queryKeys.person(id), queryFn: () => api.person(scopeId, id) });
  if (!person.isSuccess) return <Pending of={person} lines={5} />;
  const { data } = person;
  if (data.isErased)
    return <EmptyState icon={UserRoundX} title={t('people.erased')} text={t('people.erasedWords')} />;
  return (
    <div className={css.panel}>
      <header>
        <h2 className={css.name}>{data.nameMasked}</h2>
        <p className={css.aside}>
          {data.phoneMasked ?? t('people.noPhone')} · {data.scopeName}
        </p>
        <p className={css.aside}>{t(data.hasAccount ? 'people.hasAccount' : 'people.noAccount')}</p>
      </header>
      <Reveal key={id} scopeId={scopeId} personId={id} />
      <p>
        <Correct key={id} person={data} />
      </p>
      <section aria-label={t('people.relations')}>
        <h3 className={css.heading}>{t('people.relations')}</h3>
        {data.relations.length === 0 && <p className={css.aside}>{t('people.noRelations')}</p>}
        {STATES.map((state) => (
          <Relations key={state} person={data} state={state} />
        ))}
      </section>
      <Rights person={data} />
    </div>
  );
}

function Relations({ person, state }: { person: PersonDetail; state: (typeof STATES)[number] }) {
  const { t, tk } = useText();
  const rows = person.relations.filter((one) => one.state === state);
  if (rows.length === 0) return null;
  return (
    <ul className={css.relations}>
      {rows.map((one) => (
        <li key={one.occupancyId} data-state={state}>
          <span className={css.state}>{t(`people.state.${state}`)}</span>
          <span>
            <Link {...url.household(person.scopeId, one.householdId)}>{one.label}</Link>
            <span className={css.days}>
              {tk(`console.relation.${one.relation}`, {}, 'console.relation.other')} ·{' '}
              {one.endsOn === null
                ? t('people.from', { date: one.startsOn })
                : t('people.span', { from: one.startsOn, until: one.endsOn })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

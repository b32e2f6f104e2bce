import { localDate } from '@gongzhi/kernel';
import { Button, useNow } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { DoorOpen, Handshake, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import type { HouseholdDetail, Tie } from '../../api-types.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './household.module.css';
import { type Deed, ResidenceDialog } from './residence-dialog.tsx';

/** Who lives here, who is to come, who has left; and what the department enters about it. */
export function HouseholdPeople({ household }: { household: HouseholdDetail }) {
  const { t } = useText();
  const mayChange = useMay('household.change');
  const [deed, setDeed] = useState<Deed | null>(null);
  const list = (ties: readonly Tie[]) => (
    <ul className={css.people}>
      {ties.map((tie) => (
        <Person
          key={tie.occupancyId}
          tie={tie}
          scopeId={household.scopeId}
          onDeed={mayChange ? setDeed : undefined}
        />
      ))}
    </ul>
  );
  return (
    <section className={css.part} aria-label={t('household.people')}>
      <div className={css.headline}>
        <h2 className={css.heading}>{t('household.people')}</h2>
        {mayChange && (
          <span className={css.buttons}>
            <Button size="small" icon={UserRoundPlus} onPress={() => setDeed({ action: 'move_in' })}>
              {t('household.moveIn')}
            </Button>
            <Button size="small" icon={Handshake} onPress={() => setDeed({ action: 'sell' })}>
              {t('household.sell')}
            </Button>
          </span>
        )}
      </div>
      {household.people.length === 0 ? (
        <p className={css.aside}>{t('household.nobody')}</p>
      ) : (
        list(household.people)
      )}
      {household.coming.length > 0 && (
        <>
          <h3 className={css.sub}>{t('household.coming')}</h3>
          {list(household.coming)}
        </>
      )}
      {household.former.length > 0 && (
        <details className={css.fold}>
          <summary>
            {t('household.former')} ({household.former.length})
          </summary>
          {list(household.former)}
        </details>
      )}
      {deed !== null && <ResidenceDialog household={household} deed={deed} onClose={() => setDeed(null)} />}
    </section>
  );
}

function Person({
  tie,
  scopeId,
  onDeed,
}: {
  tie: Tie;
  scopeId: string;
  onDeed: ((deed: Deed) => void) | undefined;
}) {
  const { t, tk } = useText();
  const mayFind = useMay('person.find');
  const name = tie.isErased ? t('people.erased') : tie.nameMasked;
  const today = localDate(useNow());
  const isOver = tie.until !== null && tie.until <= today;
  return (
    <li>
      <span>
        {mayFind ? (
          <Link {...url.people({ person: tie.id, in: scopeId })} className={css.name}>
            {name}
          </Link>
        ) : (
          <span className={css.name}>{name}</span>
        )}
        <span className={css.aside}> {tie.phoneMasked ?? t('people.noPhone')}</span>
      </span>
      <span className={css.aside}>
        {tk(`console.relation.${tie.relation}`, {}, 'console.relation.other')} ·{' '}
        {tie.until === null
          ? t('people.from', { date: tie.since })
          : t('people.span', { from: tie.since, until: tie.until })}
        {tie.hasAccount && ` · ${t('people.hasAccount')}`}
      </span>
      {onDeed !== undefined && (
        <span className={css.buttons}>
          {!isOver && (
            <Button
              size="small"
              variant="quiet"
              icon={DoorOpen}
              onPress={() => onDeed({ action: 'move_out', tie })}
            >
              {t('household.moveOut')}
            </Button>
          )}
          <Button size="small" variant="quiet" onPress={() => onDeed({ action: 'correct', tie })}>
            {t('household.correct')}
          </Button>
        </span>
      )}
    </li>
  );
}

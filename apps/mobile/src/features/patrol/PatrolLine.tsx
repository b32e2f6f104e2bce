import { Icon } from '@gongzhi/ui/Icon.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useQuery } from '@tanstack/react-query';
import { Footprints } from 'lucide-react';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import css from './patrol.module.css';
import { useMe } from '../session/me.ts';
import { ownRounds } from './queries.ts';
import { useKept } from './useKept.ts';

/** To the rounds that are open; nothing where there is none to walk. */
export function PatrolLine() {
  const { t } = useWords();
  const { data } = useQuery(ownRounds);
  // From here on what was walked without a network goes out by itself.
  const { checks } = useKept(useMe().account.id);
  const rounds = data?.items ?? [];
  if (rounds.length === 0 && checks.length === 0) return null;
  const isLate = rounds.some(({ state }) => state === 'late');
  return (
    <Link to={url.patrols()} className={css.link}>
      <Icon of={Footprints} />
      {t('mobile.patrol.link')}
      {rounds.length > 0 && (
        <StatusChip tone="due" word={t('mobile.patrol.open', { count: rounds.length })} />
      )}
      {checks.length > 0 && (
        <StatusChip tone="due" word={t('mobile.patrol.waiting', { count: checks.length })} />
      )}
      {isLate && <StatusChip tone="late" word={t('mobile.patrol.late')} />}
    </Link>
  );
}

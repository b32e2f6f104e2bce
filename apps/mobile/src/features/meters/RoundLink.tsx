import { Icon } from '@gongzhi/ui/Icon.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { Gauge } from 'lucide-react';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import css from './meters.module.css';
import { useQueue } from './useQueue.ts';

/** To the reading round, for who reads meters; and from here on what waits goes out by itself. */
export function RoundLink() {
  const me = useMe();
  return me.permissions.includes('meter.record') ? <ToRound accountId={me.account.id} /> : null;
}

function ToRound({ accountId }: { accountId: string }) {
  const { t } = useWords();
  const { readings } = useQueue(accountId);
  const waiting = readings.filter(({ refused }) => refused === null).length;
  const refused = readings.length - waiting;
  return (
    <Link to={url.round()} className={css.link}>
      <Icon of={Gauge} />
      {t('mobile.round.title')}
      {waiting > 0 && <StatusChip tone="due" word={t('mobile.round.waiting', { count: waiting })} />}
      {refused > 0 && <StatusChip tone="late" word={t('mobile.round.refusedCount', { count: refused })} />}
    </Link>
  );
}

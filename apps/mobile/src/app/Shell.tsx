import { Icon } from '@gongzhi/ui/Icon.tsx';
import { OfflineBanner } from '@gongzhi/ui/States.tsx';
import { Badge } from '@gongzhi/ui/Status.tsx';
import { useQuery } from '@tanstack/react-query';
import { ClipboardList, DoorOpen, House, type LucideIcon, MessageSquare, User, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { api } from '../api.ts';
import type { Role } from '../api-types.ts';
import { OnBehalfBanner } from '../features/family/OnBehalfBanner.tsx';
import { useMe } from '../features/session/me.ts';
import { Link } from './router.tsx';
import { type RouteName, url } from './routes.ts';
import css from './Shell.module.css';
import { useOnline } from './useOnline.ts';
import { type Translate, useWords } from './words.ts';

/** Pages with one act at the bottom, where the tabs would be in the thumb's way. */
const WITHOUT_TABS: readonly RouteName[] = ['report', 'order'];

interface Tab {
  name: RouteName;
  to: string;
  icon: LucideIcon;
  word: string;
}

function tabsOf(role: Role, t: Translate): Tab[] {
  const messages: Tab = {
    name: 'messages',
    to: url.messages(),
    icon: MessageSquare,
    word: t('mobile.tab.messages'),
  };
  const me: Tab = { name: 'me', to: url.me(), icon: User, word: t('mobile.tab.me') };
  if (role === 'resident')
    return [
      { name: 'home', to: url.home(), icon: House, word: t('mobile.tab.home') },
      { name: 'orders', to: url.orders(), icon: ClipboardList, word: t('mobile.tab.orders') },
      messages,
      me,
    ];
  if (role === 'guard')
    return [
      { name: 'gate', to: url.gate(), icon: DoorOpen, word: t('mobile.tab.gate') },
      { name: 'work', to: url.work(), icon: Wrench, word: t('mobile.tab.work') },
      messages,
      me,
    ];
  if (role === 'worker')
    return [{ name: 'work', to: url.work(), icon: Wrench, word: t('mobile.tab.work') }, messages, me];
  return [messages, me];
}

/** What stands around every page of a signed-in person. */
export function Shell({ at, children }: { at: RouteName; children: ReactNode }) {
  const { t } = useWords();
  const me = useMe();
  const isOnline = useOnline();
  const hasTabs = !WITHOUT_TABS.includes(at);
  return (
    <div className={css.shell} data-tabs={hasTabs}>
      {/* The worker's and the guard's pages have their own, which also count what waits to be sent. */}
      {!isOnline && !['work', 'job', 'gate'].includes(at) && <OfflineBanner />}
      <OnBehalfBanner me={me} />
      <main className={css.main}>{children}</main>
      {hasTabs && (
        <nav className={css.tabs} aria-label={t('mobile.tab.all')}>
          {tabsOf(me.acting.role, t).map((tab) => (
            <Link
              key={tab.name}
              to={tab.to}
              className={css.tab ?? ''}
              aria-current={tab.name === at || (tab.name === 'work' && at === 'job') ? 'page' : undefined}
            >
              <Icon of={tab.icon} size={24} />
              <span>{tab.word}</span>
              {tab.name === 'messages' && <Unread />}
            </Link>
          ))}
        </nav>
      )}
    </div>
  );
}

function Unread() {
  const { t } = useWords();
  const unread = useQuery({ queryKey: ['unread'], queryFn: api.unreadCount });
  const count = unread.data?.count ?? 0;
  return count === 0 ? null : (
    <span className={css.unread}>
      <Badge count={count} label={t('mobile.tab.unread', { count })} tone="late" />
    </span>
  );
}

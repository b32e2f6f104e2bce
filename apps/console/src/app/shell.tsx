import { Icon, OfflineBanner } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Bell, FlaskConical, Inbox, PhoneIncoming } from 'lucide-react';
import { api } from '../api.ts';
import { Brand } from './brand.tsx';
import { LiveProvider } from './live.tsx';
import { LiveMark } from './live-mark.tsx';
import { Nav } from './nav.tsx';
import { NotForDesk } from './not-for-desk.tsx';
import { SearchButton } from '../features/search/search-button.tsx';
import { PhoneStrip } from '../features/telephony/phone-strip.tsx';
import { useOnline } from '@gongzhi/ui/client/online.ts';
import { queryKeys } from './query.ts';
import { Reauth } from './reauth.tsx';
import { url } from './routes.ts';
import { SessionGate, useMay, useMe } from './session.tsx';
import { useText } from './text.ts';
import { UserMenu } from './user-menu.tsx';
import css from './shell.module.css';

/** Whose work is on the phone: they have no desk to sit at. */
const PHONE_ROLES: ReadonlySet<string> = new Set(['resident', 'worker', 'guard']);

/** Everything behind sign-in: the bar on top, and the page under it. */
export function Shell() {
  return (
    <SessionGate>
      <LiveProvider>
        <Frame />
        <Reauth />
      </LiveProvider>
    </SessionGate>
  );
}

function Frame() {
  const { t, tk } = useText();
  const me = useMe();
  const isOnline = useOnline();
  const isDesk = !PHONE_ROLES.has(me.acting.role);
  const takesCalls = useMay('work_order.create_for_caller');
  const answers = useMay('telephony.answer');
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        {t('console.skip')}
      </a>
      <header className={css.bar}>
        <Link {...url.desk()} className={css.home}>
          <Brand />
        </Link>
        <p className={css.where} title={me.acting.scopeName}>
          <span className={css.scope}>{me.acting.scopeName}</span>
          <span className={css.role}>{tk(`roles.${me.acting.role}`, {}, 'console.role.unknown')}</span>
        </p>
        {isDesk && <Nav />}
        <div className={css.end}>
          {me.mode === 'demo' && (
            <span className={css.demo} title={t('console.demo.words')}>
              <Icon of={FlaskConical} />
              {t('console.demo.mark')}
            </span>
          )}
          <LiveMark />
          {isDesk && (
            <>
              {takesCalls && (
                <Link {...url.newOrder()} className={css.call}>
                  <Icon of={PhoneIncoming} />
                  <span>{t('console.nav.newOrder')}</span>
                  <kbd className={css.key}>n</kbd>
                </Link>
              )}
              <SearchButton />
              <InboxLink />
            </>
          )}
          <UserMenu />
        </div>
      </header>
      {!isOnline && <OfflineBanner />}
      {isDesk && answers && <PhoneStrip />}
      <main id="main" className={css.main} tabIndex={-1}>
        {isDesk ? <Outlet /> : <NotForDesk />}
      </main>
    </div>
  );
}

function InboxLink() {
  const { t } = useText();
  const unread = useQuery({ queryKey: queryKeys.unread, queryFn: api.unread });
  const count = unread.data?.count ?? 0;
  return (
    <Link
      {...url.inbox()}
      className={css.inbox}
      aria-label={count > 0 ? t('console.nav.inboxUnread', { count }) : t('console.nav.inbox')}
    >
      <Icon of={count > 0 ? Inbox : Bell} size={20} />
      {count > 0 && <span className={css.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  );
}

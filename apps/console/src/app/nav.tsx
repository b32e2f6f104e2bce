import type { MessageKey } from '@gongzhi/i18n/console-app.ts';
import { cx, Icon } from '@gongzhi/ui';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import {
  Banknote,
  Building2,
  ChartNoAxesColumn,
  ChevronDown,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { overlayRoot } from '../components/overlay-root.ts';
import { type NavItem, navItems } from './nav-items.ts';
import { paths } from './routes.ts';
import { useMe } from './session.tsx';
import { useText } from './text.ts';
import css from './nav.module.css';

const groups = [
  { id: 'places', label: 'nav.places', icon: Building2 },
  { id: 'money', label: 'nav.money', icon: Banknote },
  { id: 'figures', label: 'nav.figures', icon: ChartNoAxesColumn },
  { id: 'rules', label: 'nav.rules', icon: SlidersHorizontal },
] as const satisfies readonly { id: NavItem['group']; label: MessageKey; icon: LucideIcon }[];

export function Nav() {
  const { t } = useText();
  const { permissions } = useMe();
  const mine = navItems.filter(({ may }) => may === undefined || permissions.some((one) => one === may));
  const of = (group: NavItem['group']): NavItem[] => mine.filter((item) => item.group === group);
  return (
    <nav className={css.nav} aria-label={t('console.nav')}>
      {of('work').map((item) => (
        <NavLink key={item.path} item={item} />
      ))}
      {groups.map((group) => {
        const within = of(group.id);
        const [only] = within;
        if (only === undefined) return null;
        return within.length === 1 ? (
          <NavLink key={group.id} item={only} />
        ) : (
          <NavMenu key={group.id} label={t(group.label)} icon={group.icon} items={within} />
        );
      })}
    </nav>
  );
}

function NavLink({ item }: { item: NavItem }) {
  const { tk } = useText();
  return (
    <Link
      {...item.to()}
      className={css.link}
      activeOptions={{ exact: item.path === paths.desk, includeSearch: false }}
    >
      <Icon of={item.icon} />
      <span>{tk(item.label)}</span>
    </Link>
  );
}

function NavMenu({
  label,
  icon,
  items: within,
}: {
  label: string;
  icon: LucideIcon;
  items: readonly NavItem[];
}) {
  const { tk } = useText();
  const navigate = useNavigate();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const current = within.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  return (
    <MenuTrigger>
      <Button className={css.link ?? ''} data-status={current === undefined ? undefined : 'active'}>
        <Icon of={icon} />
        <span>{label}</span>
        <Icon of={ChevronDown} size={14} />
      </Button>
      <Popover
        UNSTABLE_portalContainer={overlayRoot()}
        className={css.popover ?? ''}
        placement="bottom start"
      >
        <Menu
          className={css.menu ?? ''}
          onAction={(path) => {
            const item = within.find((one) => one.path === path);
            if (item !== undefined) void navigate(item.to());
          }}
        >
          {within.map((item) => (
            <MenuItem
              key={item.path}
              id={item.path}
              className={cx(css.item, item === current && css.here)}
              textValue={tk(item.label)}
            >
              <Icon of={item.icon} size={16} />
              <span>{tk(item.label)}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

import type { MessageKey } from '@gongzhi/i18n/console-app.ts';
import { cx, Icon } from '@gongzhi/ui';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import {
  ArrowLeftRight,
  Building2,
  CalendarClock,
  ChartNoAxesColumn,
  ChevronDown,
  DoorOpen,
  Grid3x3,
  FileUp,
  IdCard,
  ListChecks,
  type LucideIcon,
  Network,
  Phone,
  PhoneIncoming,
  PhoneOutgoing,
  Plug,
  Footprints,
  RadioTower,
  Scale,
  Send,
  Sprout,
  SlidersHorizontal,
  Smartphone,
  SquareKanban,
  ThermometerSnowflake,
  Trophy,
  UserRoundSearch,
} from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { overlayRoot } from '../components/overlay-root.ts';
import { paths, url } from './routes.ts';
import { useMe } from './session.tsx';
import { useText } from './text.ts';
import css from './nav.module.css';

/**
 * The console's pages as the bar on top offers them. A new page is one line here: who may see it, and in which group it
 * stands. `work` stands open, for it is changed between all day; of the other groups each is a menu, or a link where only
 * one of its pages is somebody's.
 */
interface NavItem {
  readonly group: 'work' | 'places' | 'figures' | 'rules';
  readonly label: MessageKey;
  readonly icon: LucideIcon;
  readonly path: (typeof paths)[keyof typeof paths];
  readonly to: () => { readonly to: string };
  /** A permission; everybody at a desk where left out. */
  readonly may?: string;
}

const items: readonly NavItem[] = [
  {
    group: 'work',
    label: 'organisation.myGrid',
    icon: Grid3x3,
    path: paths.myGrid,
    to: () => url.myGrid(),
    may: 'grid.mine',
  },
  { group: 'work', label: 'console.nav.desk', icon: ListChecks, path: paths.desk, to: () => url.desk() },
  {
    group: 'work',
    label: 'board.title',
    icon: SquareKanban,
    path: paths.board,
    to: () => url.board(),
    may: 'dispatch.read',
  },
  {
    group: 'work',
    label: 'console.nav.callbacks',
    icon: PhoneOutgoing,
    path: paths.callbacks,
    to: () => url.callbacks(),
    may: 'callback.work',
  },
  {
    group: 'work',
    label: 'hotline.nav',
    icon: PhoneIncoming,
    path: paths.hotline,
    to: () => url.hotline(),
    may: 'hotline.read',
  },
  {
    group: 'places',
    label: 'console.nav.places',
    icon: Building2,
    path: paths.places,
    to: () => url.places(),
  },
  {
    group: 'places',
    label: 'sensing.title',
    icon: RadioTower,
    path: paths.devices,
    to: () => url.devices(),
    may: 'device.read',
  },
  {
    group: 'places',
    label: 'patrol.title',
    icon: Footprints,
    path: paths.patrols,
    to: () => url.patrols(),
    may: 'patrol.read',
  },
  {
    group: 'places',
    label: 'passDesk.title',
    icon: IdCard,
    path: paths.passes,
    to: () => url.passes(),
    may: 'gate_list.read',
  },
  {
    group: 'places',
    label: 'gatePhones.title',
    icon: Smartphone,
    path: paths.gatePhones,
    to: () => url.gatePhones(),
    may: 'passage.read',
  },
  {
    group: 'places',
    label: 'gates.title',
    icon: DoorOpen,
    path: paths.gates,
    to: () => url.gates(),
    may: 'gate.read',
  },
  {
    group: 'places',
    label: 'roster.title',
    icon: CalendarClock,
    path: paths.roster,
    to: () => url.roster(),
    may: 'roster.read',
  },
  {
    group: 'places',
    label: 'orgTree.title',
    icon: Network,
    path: paths.organisation,
    to: () => url.organisation(),
    may: 'organisation.list',
  },
  {
    group: 'places',
    label: 'takeovers.title',
    icon: ArrowLeftRight,
    path: paths.takeovers,
    to: () => url.takeovers(),
    may: 'takeover.read',
  },
  {
    group: 'places',
    label: 'heating.title',
    icon: ThermometerSnowflake,
    path: paths.heating,
    to: () => url.heating(),
    may: 'heating.read',
  },
  {
    group: 'places',
    label: 'people.title',
    icon: UserRoundSearch,
    path: paths.people,
    to: () => url.people(),
    may: 'person.find',
  },
  {
    group: 'places',
    label: 'imports.nav',
    icon: FileUp,
    path: paths.imports,
    to: () => url.imports(),
    may: 'place.import',
  },
  {
    group: 'figures',
    label: 'prevention.title',
    icon: Sprout,
    path: paths.prevention,
    to: () => url.prevention(),
    may: 'prevention.read',
  },
  {
    group: 'figures',
    label: 'console.nav.report',
    icon: ChartNoAxesColumn,
    path: paths.report,
    to: () => url.report(),
    may: 'work_order.report',
  },
  {
    group: 'figures',
    label: 'console.nav.compare',
    icon: Scale,
    path: paths.compare,
    to: () => url.compare(),
    may: 'work_order.report',
  },
  {
    group: 'figures',
    label: 'hotline.nav.rates',
    icon: Trophy,
    path: paths.hotlineRates,
    to: () => url.hotlineRates(),
    may: 'hotline.read',
  },
  {
    group: 'figures',
    label: 'deliveries.title',
    icon: Send,
    path: paths.deliveries,
    to: () => url.deliveries(),
    may: 'delivery.list',
  },
  {
    group: 'rules',
    label: 'desk.nav.rules',
    icon: SlidersHorizontal,
    path: paths.rules,
    to: () => url.rules(),
    may: 'rules.read',
  },
  {
    group: 'rules',
    label: 'open311.title',
    icon: Plug,
    path: paths.open311,
    to: () => url.open311(),
    may: 'open311.read',
  },
  {
    group: 'rules',
    label: 'telephony.title',
    icon: Phone,
    path: paths.phone,
    to: () => url.phone(),
    may: 'telephony.answer',
  },
];

const groups = [
  { id: 'places', label: 'nav.places', icon: Building2 },
  { id: 'figures', label: 'nav.figures', icon: ChartNoAxesColumn },
  { id: 'rules', label: 'nav.rules', icon: SlidersHorizontal },
] as const satisfies readonly { id: NavItem['group']; label: MessageKey; icon: LucideIcon }[];

export function Nav() {
  const { t } = useText();
  const { permissions } = useMe();
  const mine = items.filter(({ may }) => may === undefined || permissions.some((one) => one === may));
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

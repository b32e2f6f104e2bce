import type { MessageKey } from '@gongzhi/i18n/console-app.ts';
import { type LucideIcon, CornerDownRight } from 'lucide-react';
import { navItems } from '../../app/nav-items.ts';
import { paths, url } from '../../app/routes.ts';

/** A page of the desk, or a part of one, as it is found by what it is called or what people call what it is for. */
export interface FoundPage {
  readonly id: string;
  readonly label: MessageKey;
  /** The page it is a part of. */
  readonly within?: MessageKey;
  readonly icon: LucideIcon;
  readonly to: () => { readonly to: string; readonly search?: object };
  readonly may?: string;
  readonly words?: MessageKey;
}

const wordsOfPage: Readonly<Partial<Record<string, MessageKey>>> = {
  [paths.desk]: 'search.words.desk',
  [paths.hotline]: 'search.words.hotline',
  [paths.places]: 'search.words.places',
  [paths.passes]: 'search.words.passes',
  [paths.gates]: 'search.words.gates',
  [paths.roster]: 'search.words.roster',
  [paths.organisation]: 'search.words.organisation',
  [paths.meters]: 'search.words.meters',
  [paths.heating]: 'search.words.heating',
  [paths.people]: 'search.words.people',
  [paths.imports]: 'search.words.imports',
  [paths.payments]: 'search.words.payments',
  [paths.ledger]: 'search.words.ledger',
  [paths.accounts]: 'search.words.accounts',
  [paths.billing]: 'search.words.billing',
  [paths.report]: 'search.words.report',
  [paths.compare]: 'search.words.compare',
  [paths.rules]: 'search.words.rules',
};

type Part = readonly [id: string, label: MessageKey, to: FoundPage['to'], may: string, words?: MessageKey];

const parts = (within: MessageKey, list: readonly Part[]): FoundPage[] =>
  list.map(([id, label, to, may, words]) => ({
    id,
    label,
    within,
    icon: CornerDownRight,
    to,
    may,
    ...(words === undefined ? {} : { words }),
  }));

export const foundPages: readonly FoundPage[] = [
  ...navItems.map(({ label, icon, path, to, may }) => {
    const words = wordsOfPage[path];
    return {
      id: path,
      label,
      icon,
      to,
      ...(may === undefined ? {} : { may }),
      ...(words === undefined ? {} : { words }),
    };
  }),
  ...parts('payDesk.title', [
    ['till', 'payDesk.view.till', () => url.payments({ view: 'till' }), 'payment.cash', 'search.words.till'],
    [
      'refunds',
      'payDesk.view.refunds',
      () => url.payments({ view: 'refunds' }),
      'payment.staff',
      'search.words.refunds',
    ],
    [
      'invoices',
      'payDesk.view.invoices',
      () => url.payments({ view: 'invoices' }),
      'invoice.answer',
      'search.words.invoices',
    ],
    [
      'reconcile',
      'payDesk.view.reconcile',
      () => url.payments({ view: 'reconcile' }),
      'reconcile',
      'search.words.reconcile',
    ],
  ]),
  ...parts('billing.title', [
    ['runs', 'billing.view.runs', () => url.billing({ view: 'runs' }), 'bill.run', 'search.words.runs'],
    [
      'tariffs',
      'billing.view.tariffs',
      () => url.billing({ view: 'tariffs' }),
      'tariff.read',
      'search.words.tariffs',
    ],
    [
      'arrears',
      'billing.view.arrears',
      () => url.billing({ view: 'arrears' }),
      'arrears.read',
      'search.words.arrears',
    ],
    [
      'letters',
      'billing.view.letters',
      () => url.billing({ view: 'letters' }),
      'arrears.read',
      'search.words.letters',
    ],
  ]),
  ...parts('console.nav.meters', [
    [
      'round',
      'metering.view.round',
      () => url.meters({ view: 'round' }),
      'meter.record',
      'search.words.round',
    ],
    [
      'exceptions',
      'metering.view.exceptions',
      () => url.meters({ view: 'exceptions' }),
      'meter.read',
      'search.words.exceptions',
    ],
  ]),
  ...parts('passDesk.title', [
    [
      'vehicles',
      'passDesk.view.vehicles',
      () => url.passes({ view: 'vehicles' }),
      'pass.read',
      'search.words.vehicles',
    ],
    [
      'parcels',
      'passDesk.view.parcels',
      () => url.passes({ view: 'parcels' }),
      'parcel.read',
      'search.words.parcels',
    ],
    [
      'goods',
      'passDesk.view.goods',
      () => url.passes({ view: 'goods' }),
      'goods_slip.read',
      'search.words.goods',
    ],
  ]),
  ...parts('desk.nav.rules', [
    [
      'calendar',
      'desk.tab.calendar',
      () => url.rules({ tab: 'calendar' }),
      'rules.read',
      'search.words.calendar',
    ],
    [
      'templates',
      'desk.tab.templates',
      () => url.rules({ tab: 'templates' }),
      'template.read',
      'search.words.templates',
    ],
  ]),
];

export const MOST_PAGES = 5;

/** Pages whose name or words hold all that was typed; those that are called so before those that are about it. */
export function pagesFor(
  typed: string,
  permissions: readonly string[],
  say: (key: MessageKey) => string,
): FoundPage[] {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const ranked = foundPages
    .filter(({ may }) => may === undefined || permissions.includes(may))
    .flatMap((page) => {
      const name = say(page.label).toLowerCase();
      const about = page.words === undefined ? '' : say(page.words).toLowerCase();
      if (!words.every((word) => name.includes(word) || about.includes(word))) return [];
      const rank = name.startsWith(words[0] ?? '') ? 0 : words.every((word) => name.includes(word)) ? 1 : 2;
      return [{ page, rank }];
    });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_PAGES)
    .map(({ page }) => page);
}

import { Icon, useLocale } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import {
  Building2,
  CarFront,
  DoorOpen,
  Gauge,
  History,
  ListChecks,
  ListFilter,
  type LucideIcon,
  PhoneIncoming,
  ReceiptText,
  Search,
  Tags,
  UserRound,
  Wallet,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { href } from '../../app/routes.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { addressOf, allOf, isEnough, type Kind, search, stateWords } from './hits.ts';
import { pagesFor } from './pages.ts';
import { forgetRecent, keepRecent, readRecent, type Recent } from './recent.ts';
import css from './search.module.css';

const icons: Readonly<Record<Kind, LucideIcon>> = {
  orders: ListChecks,
  cases: PhoneIncoming,
  people: UserRound,
  homes: DoorOpen,
  places: Building2,
  vehicles: CarFront,
  meters: Gauge,
  bills: ReceiptText,
  payments: Wallet,
  categories: Tags,
};

/** So long one types before it is asked; a hand is quicker than that. */
const PAUSE_MS = 160;

interface Line {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly words: string | null;
  readonly place: string | null;
  readonly state: string | null;
  readonly address: string;
  /** Null: leads to a list, which nobody looks for again. */
  readonly recent: Recent | null;
}
interface Group {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly Line[];
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** One field over everything one may see; arrows choose, Enter opens. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const locale = useLocale();
  const me = useMe();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [recent, setRecent] = useState(() => readRecent(me.acting.id));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const settled = useSettled(typed.trim());
  const asks = isEnough(settled);
  const found = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: asks,
    // What was found stands until the next is there: a list that blinks cannot be read.
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 5_000,
    // Names and phones do not stay in memory for who sits down next.
    gcTime: 30_000,
  });

  const looking = { text: settled, may: (one: string) => me.permissions.some((held) => held === one) };
  const groups: Group[] = [];
  if (typed.trim() === '') {
    if (recent.length > 0)
      groups.push({
        id: 'recent',
        name: t('search.recent'),
        lines: recent.map((one) => ({
          id: `recent ${one.address}`,
          icon: one.kind === 'pages' ? History : icons[one.kind],
          label: one.label,
          words: null,
          place: null,
          state: null,
          address: one.address,
          recent: one,
        })),
      });
  } else {
    const pages = pagesFor(typed, me.permissions, (key) => text.tk(key));
    if (pages.length > 0)
      groups.push({
        id: 'pages',
        name: t('search.kind.pages'),
        lines: pages.map((page) => {
          const label = text.tk(page.label);
          const address = href(page.to());
          return {
            id: `page ${page.id}`,
            icon: page.icon,
            label,
            words: null,
            place: page.within === undefined ? null : text.tk(page.within),
            state: null,
            address,
            recent: { kind: 'pages', label, address },
          };
        }),
      });
    for (const group of asks ? (found.data?.groups ?? []) : []) {
      const lines: Line[] = group.items.map((hit) => {
        const address = addressOf(group.kind, hit, looking);
        const label = group.kind === 'categories' && locale === 'en' ? (hit.words ?? hit.title) : hit.title;
        return {
          id: `${group.kind} ${hit.id}`,
          icon: icons[group.kind],
          label,
          words: group.kind === 'categories' ? null : hit.words,
          place: hit.place,
          state: stateWords(group.kind, hit.state, text),
          address,
          recent: {
            kind: group.kind,
            label: group.kind === 'homes' ? [hit.place, label].join(' ') : label,
            address,
          },
        };
      });
      const all = group.isMore ? allOf(group, looking) : null;
      if (all !== null)
        lines.push({
          id: `all ${group.kind}`,
          icon: ListFilter,
          label: t('search.all'),
          words: null,
          place: null,
          state: null,
          address: all,
          recent: null,
        });
      groups.push({ id: group.kind, name: text.tk(`search.kind.${group.kind}`), lines });
    }
  }
  const lines = groups.flatMap((group) => group.lines);

  const open = (id: string): void => {
    const line = lines.find((one) => one.id === id);
    if (line === undefined) return;
    if (line.recent !== null) keepRecent(me.acting.id, line.recent);
    onClose();
    router.history.push(line.address);
  };

  const isBehind = settled !== typed.trim() || found.isFetching;
  return (
    <I18nProvider locale={locale}>
      <ModalOverlay
        className={css.veil ?? ''}
        isOpen
        isDismissable
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <Modal className={css.modal ?? ''}>
          <Dialog className={css.dialog ?? ''} aria-label={t('search.title')}>
            <Autocomplete inputValue={typed} onInputChange={setTyped}>
              <TextField className={css.field ?? ''} aria-label={t('search.title')}>
                <Icon of={Search} size={20} />
                <Input
                  ref={field}
                  className={css.input ?? ''}
                  placeholder={t('search.placeholder')}
                  maxLength={100}
                  enterKeyHint="go"
                  autoComplete="off"
                  spellCheck={false}
                />
              </TextField>
              <div
                className={css.body}
                role="group"
                aria-label={t('search.found')}
                tabIndex={lines.length === 0 ? -1 : 0}
              >
                {/* An empty menu would be an item without a name. */}
                {groups.length > 0 && (
                  <Menu
                    className={css.menu ?? ''}
                    aria-label={t('search.title')}
                    onAction={(id) => open(String(id))}
                  >
                    {groups.map((group) => (
                      <MenuSection key={group.id} id={group.id} className={css.group ?? ''}>
                        <Header className={css.heading ?? ''}>{group.name}</Header>
                        {group.lines.map((line) => (
                          <MenuItem
                            key={line.id}
                            id={line.id}
                            className={css.line ?? ''}
                            textValue={line.label}
                          >
                            <Icon of={line.icon} size={16} />
                            <span className={css.what}>
                              <span className={css.label}>{line.label}</span>
                              {line.words !== null && <span className={css.words}>{line.words}</span>}
                            </span>
                            {line.place !== null && <span className={css.place}>{line.place}</span>}
                            {line.state !== null && <span className={css.state}>{line.state}</span>}
                          </MenuItem>
                        ))}
                      </MenuSection>
                    ))}
                  </Menu>
                )}
                <Status
                  typed={typed.trim()}
                  isNothing={lines.length === 0}
                  isEnough={isEnough(typed.trim())}
                  isBehind={isBehind}
                  hasFailed={asks && found.isError}
                  onAgain={() => void found.refetch()}
                />
              </div>
            </Autocomplete>
            <footer className={css.foot}>
              <span className={css.hint}>{t('search.everyLook')}</span>
              {typed === '' && recent.length > 0 && (
                <button
                  type="button"
                  className={css.forget}
                  onClick={() => {
                    forgetRecent(me.acting.id);
                    setRecent([]);
                  }}
                >
                  {t('search.recent.forget')}
                </button>
              )}
            </footer>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

function Status({
  typed,
  isNothing,
  isEnough: isTyped,
  isBehind,
  hasFailed,
  onAgain,
}: {
  typed: string;
  isNothing: boolean;
  isEnough: boolean;
  isBehind: boolean;
  hasFailed: boolean;
  onAgain: () => void;
}) {
  const { t } = useText();
  if (hasFailed)
    return (
      <div className={css.status} role="alert">
        {t('search.failed')}
        <button type="button" className={css.forget} onClick={onAgain}>
          {t('search.again')}
        </button>
      </div>
    );
  return (
    <div className={css.status} role="status">
      {typed !== '' && !isTyped && t('search.more')}
      {typed !== '' && isTyped && isNothing && isBehind && t('search.looking')}
      {typed !== '' && isTyped && isNothing && !isBehind && (
        <>
          <strong>{t('search.none', { text: typed })}</strong>
          <span>{t('search.none.words')}</span>
        </>
      )}
    </div>
  );
}

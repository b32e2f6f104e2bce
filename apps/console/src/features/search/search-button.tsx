import { Icon } from '@gongzhi/ui';
import { Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useText } from '../../app/text.ts';
import css from './search.module.css';

const Dialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));

/** In the bar on top, and behind a key of every page. */
export function SearchButton() {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const open = (event?: KeyboardEvent): void => {
    event?.preventDefault();
    setOpen(true);
  };
  useHotkeys({ '/': open, 'Ctrl+k': open });
  return (
    <>
      <button
        type="button"
        className={css.button}
        aria-label={t('search.title')}
        title={t('search.title')}
        aria-keyshortcuts="/ Control+K"
        onClick={() => {
          open();
        }}
      >
        <Icon of={Search} />
        <kbd className={css.key}>/</kbd>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Dialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

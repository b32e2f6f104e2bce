import { IconButton } from '@gongzhi/ui/Button.tsx';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import css from './PageHead.module.css';
import { goBack, useTitle } from './router.tsx';
import { useWords } from './words.ts';

/** Where the app was opened. A page's head may come twice there: first with what stands in for the page. */
let openedAt: string | null = null;
let hasMoved = false;

/**
 * A page's name, and the way back where there is one. Arriving at it moves the focus here, so that a screen reader
 * says where one is; the very first page keeps the focus where the browser puts it.
 */
export function PageHead({ title, back, after }: { title: string; back?: string; after?: ReactNode }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(t('mobile.page.title', { title }));
  useEffect(() => {
    openedAt ??= window.location.pathname;
    hasMoved ||= window.location.pathname !== openedAt;
    if (hasMoved) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={css.head}>
      {back !== undefined && (
        <IconButton
          icon={ArrowLeft}
          label={t('mobile.page.back')}
          onPress={() => {
            goBack(back);
          }}
        />
      )}
      <h1 ref={heading} tabIndex={-1} className={css.title}>
        {title}
      </h1>
      {after}
    </header>
  );
}

import { CloudOff, type LucideIcon, RotateCcw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import css from './States.module.css';
import { cx } from './tone.ts';
import { t, useLocale } from './words.tsx';

/** Nothing here, said kindly, with what one can do about it. */
export function EmptyState({
  icon,
  title,
  text,
  action,
  isPage = false,
}: {
  icon?: LucideIcon;
  title: string;
  text?: string;
  action?: ReactNode;
  /** It is all there is on the page, so its title is the page's heading. */
  isPage?: boolean;
}) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={css.state}>
      {icon !== undefined && (
        <span className={css.picture}>
          <Icon of={icon} size="2.5rem" />
        </span>
      )}
      <Title className={css.title}>{title}</Title>
      {text !== undefined && <p className={css.text}>{text}</p>}
      {action}
    </div>
  );
}

/** It failed: what happened, that nothing was lost, and what to do. */
export function ErrorState({
  title,
  text,
  trace,
  onRetry,
  isPage = false,
}: {
  title?: string;
  text: string;
  trace?: string;
  onRetry?: () => void;
  /** It is all there is on the page, so its title is the page's heading. */
  isPage?: boolean;
}) {
  const locale = useLocale();
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={css.state} role="alert">
      <span className={cx(css.picture, css.failed)}>
        <Icon of={TriangleAlert} size="2.5rem" />
      </span>
      <Title className={css.title}>{title ?? t(locale, 'ui.failed')}</Title>
      <p className={css.text}>{text}</p>
      {onRetry !== undefined && (
        <Button icon={RotateCcw} onPress={onRetry}>
          {t(locale, 'ui.retry')}
        </Button>
      )}
      {trace !== undefined && <p className={css.trace}>{t(locale, 'ui.trace', { trace })}</p>}
    </div>
  );
}

/** No network; how many things wait to be sent when it is back. */
export function OfflineBanner({ waiting = 0, action }: { waiting?: number; action?: ReactNode }) {
  const locale = useLocale();
  return (
    <output className={css.offline}>
      <Icon of={CloudOff} />
      <span className={css.offlineText}>
        {waiting > 0 ? t(locale, 'ui.offlineWaiting', { count: waiting }) : t(locale, 'ui.offline')}
      </span>
      {action}
    </output>
  );
}

import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import css from './Button.module.css';
import { Icon } from './Icon.tsx';
import { Spinner } from './Progress.tsx';
import { cx } from './tone.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Across the whole width: the one next action of a phone page. */
  isWide?: boolean;
  /** Already doing it: stays focusable, can't be pressed again, says so. */
  isBusy?: boolean;
  /** Why it can't be pressed. The button stays reachable so that the reason is heard and seen. */
  disabledReason?: string | undefined;
  className?: string;
}

/** For links that look like a button. */
export function buttonClass(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'medium',
  isWide = false,
): string {
  return cx(css.button, css[variant], css[size], isWide && css.wide);
}

export function Button({
  children,
  variant = 'secondary',
  size = 'medium',
  icon,
  isWide = false,
  isBusy = false,
  disabledReason,
  className,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const content = (
    <>
      {isBusy ? <Spinner /> : icon !== undefined && <Icon of={icon} />}
      <span>{children}</span>
    </>
  );
  const look = cx(buttonClass(variant, size, isWide), className);
  if (disabledReason === undefined) {
    return (
      <AriaButton {...rest} className={look} isPending={isBusy}>
        {content}
      </AriaButton>
    );
  }
  return (
    <span className={cx(css.reasoned, isWide && css.wide)}>
      <button type="button" className={look} aria-disabled="true" aria-describedby={reasonId}>
        {content}
      </button>
      <span id={reasonId} className={css.reason}>
        {disabledReason}
      </span>
    </span>
  );
}

/** Only an icon, where no word fits; the word is still there for who listens. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<AriaButtonProps, 'children' | 'className' | 'style'> & {
  icon: LucideIcon;
  label: string;
  className?: string;
}) {
  return (
    <AriaButton {...rest} className={cx(css.icon, className)} aria-label={label}>
      <Icon of={icon} />
    </AriaButton>
  );
}

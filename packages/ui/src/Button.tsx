import type { LucideIcon } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import css from './Button.module.css';
import { Icon } from './Icon.tsx';
import { Spinner } from './Progress.tsx';
import { cx } from './tone.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

/**
 * The browser's own button does all of this rightly, for a finger, a key and a screen reader alike; React Aria's
 * would add 15 KB to every first page (docs/decisions/0003-phone-ui.md).
 */
interface Pressable
  extends Omit<ComponentProps<'button'>, 'onClick' | 'disabled' | 'style' | 'className' | 'children'> {
  onPress?: (() => void) | undefined;
  isDisabled?: boolean;
  className?: string;
}

export interface ButtonProps extends Pressable {
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
  isDisabled = false,
  disabledReason,
  onPress,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const isHeld = isBusy || disabledReason !== undefined;
  const button = (
    <button
      {...rest}
      type={type}
      className={cx(buttonClass(variant, size, isWide), className)}
      disabled={isDisabled}
      aria-disabled={isHeld || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
      onClick={(event) => {
        // A held button keeps the focus and must not send its form either.
        if (isHeld) event.preventDefault();
        else onPress?.();
      }}
    >
      {isBusy ? <Spinner /> : icon !== undefined && <Icon of={icon} />}
      <span>{children}</span>
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <span className={cx(css.reasoned, isWide && css.wide)}>
      {button}
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
  onPress,
  isDisabled = false,
  ...rest
}: Pressable & { icon: LucideIcon; label: string }) {
  return (
    <button
      {...rest}
      type="button"
      className={cx(css.icon, className)}
      disabled={isDisabled}
      aria-label={label}
      onClick={() => {
        onPress?.();
      }}
    >
      <Icon of={icon} />
    </button>
  );
}

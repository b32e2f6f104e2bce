import type { ReactNode } from 'react';
import css from './Card.module.css';
import { cx } from './tone.ts';

/** A white sheet on the paper. `as` names the landmark it is. */
export function Card({
  as: Element = 'section',
  label,
  labelledBy,
  isTight = false,
  className,
  children,
}: {
  as?: 'section' | 'article' | 'div' | 'li';
  label?: string;
  labelledBy?: string;
  isTight?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Element
      className={cx(css.card, isTight && css.tight, className)}
      aria-label={label}
      aria-labelledby={labelledBy}
    >
      {children}
    </Element>
  );
}

/** For a link that is a whole card. */
export const cardClass: string = cx(css.card, css.link);

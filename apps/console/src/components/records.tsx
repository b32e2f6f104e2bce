import type { ReactNode } from 'react';
import css from './records.module.css';

/** A page read like a book: its name and what is chosen on top, then what is on record. */
export function RecordsPage({
  title,
  choices,
  children,
}: {
  title: string;
  choices?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{title}</h1>
        {choices}
      </header>
      {children}
    </div>
  );
}

interface Head {
  /** '' where the column needs no name, as above buttons. */
  readonly word: string;
  readonly isFigure?: boolean;
}

/** A table that scrolls sideways by itself, so that the page never does. */
export function RecordsTable({
  label,
  isPart = false,
  heads,
  children,
  caption,
  foot,
}: {
  label: string;
  /** It stands in a region that bears the same name already. */
  isPart?: boolean;
  heads: readonly Head[];
  children: ReactNode;
  caption?: ReactNode;
  foot?: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className={css.scroll} role={isPart ? 'group' : 'region'} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        {caption}
        <thead>
          <tr>
            {heads.map(({ word, isFigure = false }) =>
              word === '' ? (
                <td key={word} />
              ) : (
                <th key={word} scope="col" className={isFigure ? css.figure : undefined}>
                  {word}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

import { Icon } from '@gongzhi/ui';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import css from './section.module.css';

const FOLDED = 'gongzhi.folded.';

/** One part of the order's page: a heading that folds it, remembered by this browser, and a figure beside it. */
export function Section({
  id,
  title,
  count,
  aside,
  children,
}: {
  /** Names the part in the browser's memory. */
  id: string;
  title: string;
  /** How many there are, so that a folded part still says something. */
  count?: number;
  /** A button or a word at the end of the heading's line. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(() => localStorage.getItem(FOLDED + id) === null);
  const toggle = (): void => {
    if (isOpen) localStorage.setItem(FOLDED + id, '1');
    else localStorage.removeItem(FOLDED + id);
    setOpen(!isOpen);
  };
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.head}>
        <h3 className={css.heading}>
          <button type="button" className={css.fold} aria-expanded={isOpen} onClick={toggle}>
            <Icon of={ChevronDown} size={14} />
            <span>{title}</span>
            {count !== undefined && count > 0 && <span className={css.count}>{count}</span>}
          </button>
        </h3>
        {isOpen && aside}
      </div>
      {isOpen && <div className={css.body}>{children}</div>}
    </section>
  );
}

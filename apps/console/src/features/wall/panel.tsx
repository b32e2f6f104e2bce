import { type ReactNode, useId } from 'react';
import css from './wall.module.css';

export function Panel({
  title,
  aside,
  area,
  children,
}: {
  title: string;
  aside?: string | undefined;
  area: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={css.panel} data-area={area} aria-labelledby={id}>
      <div className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <p>{aside}</p>}
      </div>
      {children}
    </section>
  );
}

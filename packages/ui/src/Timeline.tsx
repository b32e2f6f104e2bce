import type { ReactNode } from 'react';
import { RelativeTime } from './Time.tsx';
import css from './Timeline.module.css';
import type { Tone } from './tone.ts';

export interface TimelineItem {
  id: string;
  /** ISO instant. */
  at: string;
  title: string;
  /** Who, in words: a name and what they are. */
  by?: string;
  detail?: ReactNode;
  tone?: Tone;
  /** A word such as "internal", shown beside the title. */
  mark?: string;
}

/** Like a courier parcel: every hand, every hour, the newest first unless the caller says otherwise. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol className={css.timeline} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={css.item} data-tone={item.tone ?? 'waiting'}>
          <p className={css.title}>
            {item.title}
            {item.mark !== undefined && <span className={css.mark}>{item.mark}</span>}
          </p>
          <p className={css.meta}>
            {item.by !== undefined && <span>{item.by}</span>}
            <RelativeTime at={item.at} />
          </p>
          {item.detail !== undefined && <div className={css.detail}>{item.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

import type { ReactNode } from 'react';
import type { Body, Order } from '../../api-types.ts';
import type { JobSheet } from './api.ts';
import css from './working.module.css';

export type Act = Body<'commandWorking'>;

export interface PartProps {
  order: Order;
  sheet: JobSheet;
  /** True once it is done; what was refused is said in passing. */
  run: (act: Act) => Promise<boolean>;
}

export const can = (sheet: JobSheet, action: Act['action']): boolean =>
  sheet.actions.some((one) => one.action === action && one.isAllowed);

/** One thing about the work, under its name. */
export function Part({
  name,
  isWide = false,
  children,
}: {
  name: string;
  /** Across the whole row. */
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css.part} data-wide={isWide} role="group" aria-label={name}>
      <span className={css.name}>{name}</span>
      {children}
    </div>
  );
}

import { cx, Icon, StatusChip, useNow } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { BellRing, Siren } from 'lucide-react';
import type { OrderRow } from '../../api-types.ts';
import type { ColumnChoice } from '../../api-desk.ts';
import { type DeskSearch, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { DueCell } from './due-cell.tsx';
import css from './order-table.module.css';
import { dueOf, toneOf } from './status.ts';

interface RowProps {
  row: OrderRow;
  search: DeskSearch;
  isOpen: boolean;
  /** Shown where it was, though the server's list has it elsewhere or no more. */
  hasMoved: boolean;
  changes: number;
  isTabStop: boolean;
  rowIndex: number;
  showsScope: boolean;
  onFocus: (id: string) => void;
  columns: readonly ColumnChoice[];
  isSelected: boolean;
  onSelect: (id: string, isOn: boolean) => void;
}

/** One line: everything to decide by. The number is the link; the whole row can be clicked. */
export function FullRow(props: RowProps) {
  const { row, isOpen, hasMoved, changes, rowIndex, columns, isSelected } = props;
  const now = useNow();
  return (
    <tr
      className={cx(css.row, isOpen && css.open, hasMoved && css.moved, isSelected && css.selected)}
      data-due={dueOf(row, now).state}
      data-glow={glow(changes)}
      aria-rowindex={rowIndex}
      aria-current={isOpen ? 'true' : undefined}
      onClick={openOnClick}
    >
      <td className={css.select}>
        <Mark {...props} />
      </td>
      {columns.map(({ name }) => (
        <Cell key={name} name={name} {...props} />
      ))}
    </tr>
  );
}

function Cell({
  name,
  row,
  search,
  hasMoved,
  isTabStop,
  showsScope,
  onFocus,
  columns,
}: RowProps & Pick<ColumnChoice, 'name'>) {
  const { when, exact, tk, named } = useText();
  const now = useNow();
  switch (name) {
    case 'number':
      return (
        <td className={css.number}>
          <Link
            {...url.desk({ ...search, order: row.id, in: row.scopeId })}
            data-row={row.id}
            tabIndex={isTabStop ? 0 : -1}
            onFocus={() => {
              onFocus(row.id);
            }}
          >
            {row.number}
          </Link>
        </td>
      );
    case 'matter':
      return (
        <td className={css.matter}>
          {row.isEmergency && <Emergency />}
          <span className={css.category}>{named({ zh: row.categoryNameZh, en: row.categoryNameEn })}</span>
          <span className={css.words}>{row.description}</span>
        </td>
      );
    case 'scope':
      return <td title={row.scopeName}>{row.scopeName}</td>;
    case 'place':
      return (
        <td className={css.place} title={`${row.scopeName} ${row.placeLabel}`}>
          {showsScope && !columns.some((one) => one.name === 'scope') && (
            <span className={css.scope}>{row.scopeName}</span>
          )}
          {row.placeLabel}
        </td>
      );
    case 'status':
      return (
        <td className={css.status}>
          {hasMoved ? (
            <Moved />
          ) : (
            <StatusChip tone={toneOf(row.status)} word={tk(`console.status.${row.status}`)} />
          )}
        </td>
      );
    case 'priority':
      return <td className={css.priority}>{tk(`priorities.${row.priority}`)}</td>;
    case 'assignee':
      return (
        <td className={css.who}>
          <Who row={row} />
        </td>
      );
    case 'due':
      return (
        <td className={css.due}>
          <DueCell row={row} />
        </td>
      );
    case 'urges':
      return (
        <td className={css.urges}>
          <Urges count={row.urgeCount} />
        </td>
      );
    case 'created':
      return (
        <td className={css.created} title={exact(row.createdAt)}>
          {when(row.createdAt, now)}
        </td>
      );
  }
}

/** Marks the row for what is done with several; the key for it is x. */
function Mark({ row, isSelected, onSelect }: RowProps) {
  const { t } = useText();
  return (
    <label className={css.mark}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={isSelected}
        aria-label={t('desk.select.one', { number: row.number })}
        onChange={(event) => {
          onSelect(row.id, event.currentTarget.checked);
        }}
      />
    </label>
  );
}

/** Two lines in a narrow column: what and by when, where and how far. */
export function CompactRow(props: RowProps) {
  const { row, search, isOpen, hasMoved, changes, isTabStop, rowIndex, showsScope, onFocus, isSelected } =
    props;
  const { tk, named } = useText();
  const now = useNow();
  return (
    <tr
      className={cx(css.row, isOpen && css.open, hasMoved && css.moved, isSelected && css.selected)}
      data-due={dueOf(row, now).state}
      data-glow={glow(changes)}
      aria-rowindex={rowIndex}
      aria-current={isOpen ? 'true' : undefined}
      onClick={openOnClick}
    >
      <td className={css.tight}>
        <span className={css.line}>
          <Mark {...props} />
          {row.isEmergency && <Emergency />}
          <Link
            {...url.desk({ ...search, order: row.id, in: row.scopeId })}
            className={css.category}
            data-row={row.id}
            aria-label={`${row.number} ${named({ zh: row.categoryNameZh, en: row.categoryNameEn })}`}
            tabIndex={isTabStop ? 0 : -1}
            onFocus={() => {
              onFocus(row.id);
            }}
          >
            {named({ zh: row.categoryNameZh, en: row.categoryNameEn })}
          </Link>
          <Urges count={row.urgeCount} />
          <span className={css.extra}>{row.number}</span>
          <span className={css.push}>
            <DueCell row={row} isTight />
          </span>
        </span>
        <span className={css.line}>
          <span className={css.where}>
            {showsScope && <span className={css.scope}>{row.scopeName}</span>}
            {row.placeLabel}
          </span>
          <span className={css.extra}>
            <Who row={row} />
          </span>
          <span className={css.push}>
            {hasMoved ? (
              <Moved />
            ) : (
              <StatusChip tone={toneOf(row.status)} word={tk(`console.status.${row.status}`)} />
            )}
          </span>
        </span>
      </td>
    </tr>
  );
}

/** Two names in turn for one glow: a changed name is what starts it again. */
function glow(changes: number): 'odd' | 'even' | undefined {
  if (changes === 0) return undefined;
  return changes % 2 === 1 ? 'odd' : 'even';
}

/** The row's own link does the opening, so that a new tab, a middle click and a screen reader work as ever. */
function openOnClick(event: React.MouseEvent<HTMLTableRowElement>): void {
  const at = event.target as Element;
  if (at.closest('a, button, label') !== null || window.getSelection()?.type === 'Range') return;
  event.currentTarget.querySelector<HTMLElement>('[data-row]')?.click();
}

function Emergency() {
  const { t } = useText();
  return (
    <span className={css.emergency}>
      <Icon of={Siren} size={14} />
      {t('emergency')}
    </span>
  );
}

function Moved() {
  const { t } = useText();
  return (
    <span className={css.movedWord} title={t('console.list.movedHelp')}>
      {t('console.list.moved')}
    </span>
  );
}

function Who({ row }: { row: OrderRow }) {
  const { t } = useText();
  if (row.assigneeName !== null) return row.assigneeName;
  // Nobody is missing where nothing is to be done any more.
  if (row.status === 'closed' || row.status === 'cancelled') return null;
  return <span className={css.nobody}>{t('console.nobody')}</span>;
}

function Urges({ count }: { count: number }) {
  const { t } = useText();
  if (count === 0) return null;
  return (
    <span className={css.urge} title={t('console.urged', { count })}>
      <Icon of={BellRing} size={14} />
      <span aria-hidden="true">{count}</span>
      <span className="gz-hidden">{t('console.urged', { count })}</span>
    </span>
  );
}

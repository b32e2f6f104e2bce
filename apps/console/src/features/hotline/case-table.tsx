import { StatusChip, useNow } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { CallbackItem, CaseItem } from './api.ts';
import css from './queue.module.css';
import { toneOf } from './words.ts';

/** Whose it is, by when, and what it is about; each row opens its case. */
export function CaseTable({ rows, label }: { rows: readonly CaseItem[]; label: string }) {
  const { t, tk, when, exact } = useText();
  const now = useNow();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('hotline.column.share')}</th>
            <th scope="col">{t('hotline.column.holder')}</th>
            <th scope="col">{t('hotline.column.status')}</th>
            <th scope="col">{t('hotline.column.matter')}</th>
            <th scope="col">{t('hotline.column.dueAt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-late={row.isHolderLate || row.isLate}>
              <td className={css.due}>
                {row.status === 'closed' || row.status === 'replied' ? (
                  '–'
                ) : (
                  <time dateTime={row.holderDueAt} title={exact(row.holderDueAt)}>
                    {when(row.holderDueAt, now)}
                  </time>
                )}
                {row.isHolderLate && <StatusChip tone="late" word={t('hotline.late')} />}
              </td>
              <td>
                <span className={css.quiet}>{t(`hotline.level.${row.holderLevel}`)}</span> {row.holderName}
                {row.isMine && <span className={css.mark}>{t('hotline.mine')}</span>}
              </td>
              <td>
                <StatusChip tone={toneOf(row.status)} word={t(`hotline.status.${row.status}`)} />
                {row.exclusion === 'asked' && <StatusChip tone="due" word={t('hotline.queue.exclusion')} />}
              </td>
              <td className={css.matter}>
                <Link data-case {...url.hotlineCase(row.id)}>
                  {row.number}
                </Link>
                {row.urgency !== 'ordinary' && (
                  <span className={css.mark}>{tk(`hotline.urgency.${row.urgency}`)}</span>
                )}
                {row.isConfidential && <span className={css.mark}>{t('hotline.confidential')}</span>}
                {row.isRepeat && <span className={css.mark}>{t('hotline.repeat')}</span>}
                <p className={css.words} title={row.description}>
                  {[row.placeText, row.description].filter(Boolean).join(' · ')}
                </p>
              </td>
              <td className={css.due}>
                <time dateTime={row.dueAt} title={exact(row.dueAt)}>
                  {when(row.dueAt, now)}
                </time>
                {row.isLate && <StatusChip tone="late" word={t('hotline.late')} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One row a callback: what a figure of the rates has counted. */
export function CallbackTable({ rows, label }: { rows: readonly CallbackItem[]; label: string }) {
  const { t, when, exact } = useText();
  const now = useNow();
  const yes = (is: boolean | null) => (is === null ? '–' : t(is ? 'common.yes' : 'common.no'));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {(
              [
                'number',
                'round',
                'unit',
                'topic',
                'calledAt',
                'valid',
                'contacted',
                'solved',
                'satisfaction',
              ] as const
            ).map((column) => (
              <th key={column} scope="col">
                {t(`hotline.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.caseId}.${row.round}`}>
              <td>
                <Link data-case {...url.hotlineCase(row.caseId)}>
                  {row.number}
                </Link>
              </td>
              <td>{row.round}</td>
              <td>{row.unitName}</td>
              <td>{row.topic}</td>
              <td>
                <time dateTime={row.calledAt} title={exact(row.calledAt)}>
                  {when(row.calledAt, now)}
                </time>
              </td>
              <td>
                {yes(row.isValid)}
                {row.isExcluded && <span className={css.mark}>{t('hotline.callbacks.excluded')}</span>}
              </td>
              <td>{yes(row.wasContacted)}</td>
              <td>{yes(row.isSolved)}</td>
              <td>{row.satisfaction === null ? '–' : t(`ratings.${row.satisfaction}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

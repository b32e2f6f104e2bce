import { useText } from '../../app/text.ts';
import type { FileResult } from './api.ts';
import css from './form.module.css';

/** Line by line: where, and what would be right. */
export function FaultTable({ faults }: { faults: FileResult['faults'] }) {
  const { t, tk } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('hotline.file.faults')}>
      <table className={css.table}>
        <tbody>
          {faults.map((fault) => (
            <tr key={`${fault.line}.${fault.field ?? ''}.${fault.code}`}>
              <th scope="row">{t('hotline.file.line', { line: fault.line })}</th>
              <td>{fault.field === null ? '' : tk(`hotline.column.${fault.field}`)}</td>
              <td>{tk(`hotline.fault.${fault.code}`, fault.params)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { useText } from './text.ts';
import css from './brand.module.css';

/** A roof and a tick under it: done, at home. */
export function Brand() {
  const { t } = useText();
  return (
    <span className={css.brand}>
      <svg className={css.mark} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M6 15.500 16 7l10 8.500M9.500 14v10.500h13V14M13 20.500 15.200 23l4-5" />
      </svg>
      <span className={css.name}>{t('console.appName')}</span>
    </span>
  );
}

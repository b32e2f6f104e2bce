import { type Locale, locales } from '@gongzhi/i18n/console-app.ts';
import { Segmented } from '@gongzhi/ui';
import { setLocale, useChosenLocale } from './locale.ts';
import { useText } from './text.ts';

/** Before sign-in; afterwards the language belongs to the account (user-menu.tsx). Each language in its own words. */
export function LanguageSwitch() {
  const { t } = useText();
  return (
    <Segmented<Locale>
      label={t('console.language')}
      isLabelHidden
      options={locales.map((locale) => ({ value: locale, label: t(`locales.${locale}`) }))}
      value={useChosenLocale()}
      onChange={setLocale}
    />
  );
}

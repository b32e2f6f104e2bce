import type { Locale } from '@gongzhi/i18n/message.ts';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { LocaleProvider } from './words.tsx';

/**
 * Sets the language, for React Aria's components used directly as well. The phone uses LocaleProvider alone and
 * spares its first page the library.
 */
export function WordsProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <LocaleProvider locale={locale}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </LocaleProvider>
  );
}

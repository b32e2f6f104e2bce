import type { Locale } from '@gongzhi/i18n/message.ts';
import { createTranslator } from '@gongzhi/i18n/translate.ts';
import { uiLabels as en } from '@gongzhi/i18n/en/ui.ts';
import { uiLabels as zh } from '@gongzhi/i18n/zh-CN/ui.ts';
import { createContext, type ReactNode, useContext } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';

const LocaleContext = createContext<Locale>('zh-CN');

/** Sets the language for everything inside, React Aria's own announcements included. */
export function WordsProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <LocaleContext value={locale}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </LocaleContext>
  );
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** The few words components say by themselves; everything else reaches them as a prop from the app's own table. */
export const { t } = createTranslator({ 'zh-CN': zh, en });

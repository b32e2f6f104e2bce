import type { Locale } from '@gongzhi/i18n/message.ts';
import { createTranslator } from '@gongzhi/i18n/translate.ts';
import { uiLabels as en } from '@gongzhi/i18n/en/ui.ts';
import { uiLabels as zh } from '@gongzhi/i18n/zh-CN/ui.ts';
import { createContext, type ReactNode, useContext } from 'react';

const LocaleContext = createContext<Locale>('zh-CN');

/** Sets the language for every component inside; those that stand on React Aria hand it on by themselves. */
export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** The few words components say by themselves; everything else reaches them as a prop from the app's own table. */
export const { t } = createTranslator({ 'zh-CN': zh, en });

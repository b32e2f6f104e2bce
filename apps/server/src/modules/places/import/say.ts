import { type Locale, tKey } from '@gongzhi/i18n';

/** What is wrong with a cell, as a sentence that says what would be right. */
export function faultText(
  locale: Locale,
  code: string,
  params: Readonly<Record<string, string | number>>,
): string {
  const near = params['near'];
  const suggestions =
    near === undefined || near === ''
      ? tKey(locale, 'imports.suggest.none')
      : tKey(locale, 'imports.suggest.near', { names: near });
  return tKey(locale, `imports.fault.${code}`, { ...params, suggestions });
}

import { type Locale, tKey } from '@gongzhi/i18n';
import { writeXlsx } from 'hucre/xlsx';
import { kinds } from './columns.ts';
import type { ImportKind } from './domain-import.ts';

const bothNames = (locale: Locale, key: string): string => {
  const names = [
    tKey(locale, `imports.column.${key}`),
    tKey(locale === 'en' ? 'zh-CN' : 'en', `imports.column.${key}`),
  ];
  return names.join(' ');
};

/**
 * An empty form: the reader's language first, the other beside it; required columns marked; text columns as text, so
 * that 0301 keeps its zero; closed sets to choose from; a second sheet explains. The example begins with # and is left
 * out when it comes back.
 */
export async function templateOf(
  kind: ImportKind,
  format: 'xlsx' | 'csv',
  locale: Locale,
): Promise<Uint8Array> {
  const { columns } = kinds[kind];
  const titles = columns.map(({ key, isRequired }) => `${isRequired ? '*' : ''}${bothNames(locale, key)}`);
  const examples = columns.map(({ key }) => tKey(locale, `imports.example.${key}`));
  const example = [`# ${examples[0]}`, ...examples.slice(1)];
  if (format === 'csv')
    return Buffer.from(
      `\u{feff}${[titles, example].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`,
    );
  const label = (key: string) => tKey(locale, `imports.template.${key}`);
  return writeXlsx({
    sheets: [
      {
        name: label('sheet'),
        columns: titles.map((header) => ({ header, width: Math.max(14, header.length + 6), numFmt: '@' })),
        rows: [titles, example],
        freezePane: { rows: 1 },
        dataValidations: columns.flatMap((column, i) =>
          column.choices === undefined
            ? []
            : [
                {
                  type: 'list' as const,
                  range: `${String.fromCharCode(65 + i)}2:${String.fromCharCode(65 + i)}10000`,
                  values: column.choices.words.map((word) =>
                    tKey(locale, `imports.choice.${column.choices!.name}.${word}`),
                  ),
                  allowBlank: !column.isRequired,
                },
              ],
        ),
      },
      {
        name: label('notes'),
        rows: [
          [label('column'), label('required'), label('rule'), label('example')],
          ...columns.map(({ key, isRequired }, i) => [
            bothNames(locale, key),
            label(isRequired ? 'yes' : 'no'),
            tKey(locale, `imports.rule.${key}`),
            examples[i]!,
          ]),
          [label('comment')],
        ],
        columns: [{ width: 26 }, { width: 12 }, { width: 60 }, { width: 26 }],
      },
    ],
  });
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

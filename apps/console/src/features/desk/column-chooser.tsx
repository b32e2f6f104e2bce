import { Button, Checkbox, IconButton, notify, Select } from '@gongzhi/ui';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import type { ColumnChoice } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { Pop } from '../../components/pop.tsx';
import css from './desk.module.css';
import { allColumns, type ColumnName, useColumns, usualColumns } from './use-columns.ts';

const WIDTHS = ['auto', 'narrow', 'wide'] as const;
const pixels = { auto: null, narrow: 96, wide: 280 } as const;
const widthOf = (width: number | null): (typeof WIDTHS)[number] =>
  width === null ? 'auto' : width < 180 ? 'narrow' : 'wide';

/** Which columns, in which order, how wide; kept on the server, so that another computer shows the same. */
export function ColumnChooser() {
  const text = useText();
  const { t } = text;
  const { columns, keep } = useColumns();
  const change = (next: ColumnChoice[]): void => {
    keep(next).catch((problem: unknown) => {
      notify(problemText(problem, text));
    });
  };
  const shown = columns.map(({ name }) => name);
  const order: ColumnName[] = [...shown, ...allColumns.filter((name) => !shown.includes(name))];
  const move = (name: ColumnName, by: 1 | -1): void => {
    const from = shown.indexOf(name);
    const one = columns[from];
    if (one === undefined) return;
    change(columns.toSpliced(from, 1).toSpliced(from + by, 0, one));
  };
  return (
    <Pop
      icon={Columns3}
      size="small"
      label={t('desk.columns')}
      popoverClass={css.popover}
      dialogClass={css.chooser}
      body={() => (
        <>
          <ul className={css.columnList}>
            {order.map((name) => {
              const at = shown.indexOf(name);
              const label = t(`desk.column.${name}`);
              return (
                <li key={name} className={css.columnRow}>
                  <Checkbox
                    isSelected={at >= 0}
                    // The number is the link that opens an order.
                    isDisabled={name === 'number'}
                    onChange={(isOn) => {
                      change(
                        isOn
                          ? [...columns, { name, width: null }]
                          : columns.filter((one) => one.name !== name),
                      );
                    }}
                  >
                    {label}
                  </Checkbox>
                  {at >= 0 && (
                    <>
                      <Select
                        label={t('desk.columns.width', { column: label })}
                        isLabelHidden
                        options={WIDTHS.map((value) => ({ value, label: t(`desk.columns.${value}`) }))}
                        value={widthOf(columns[at]?.width ?? null)}
                        onChange={(chosen) => {
                          const width = WIDTHS.find((one) => one === chosen) ?? 'auto';
                          change(
                            columns.map((one) => (one.name === name ? { name, width: pixels[width] } : one)),
                          );
                        }}
                      />
                      <IconButton
                        icon={ArrowUp}
                        label={t('desk.columns.up', { column: label })}
                        isDisabled={at === 0}
                        onPress={() => {
                          move(name, -1);
                        }}
                      />
                      <IconButton
                        icon={ArrowDown}
                        label={t('desk.columns.down', { column: label })}
                        isDisabled={at === shown.length - 1}
                        onPress={() => {
                          move(name, 1);
                        }}
                      />
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              change([...usualColumns]);
            }}
          >
            {t('desk.columns.usual')}
          </Button>
        </>
      )}
    >
      {t('desk.columns')}
    </Pop>
  );
}

import type { Tone } from '@gongzhi/ui';
import type { Text } from '../../app/text.ts';
import type { Cell, Column, Form, Task } from './api.ts';

export const tones: Readonly<Record<Task['state'], Tone>> = {
  open: 'waiting',
  submitted: 'moving',
  returned: 'due',
  accepted: 'done',
  withdrawn: 'done',
};
export const formTones: Readonly<Record<Form['state'], Tone>> = {
  draft: 'waiting',
  published: 'moving',
  withdrawn: 'done',
};

export const columnName = (column: Column, { tk }: Text): string =>
  column.kind === 'known' ? tk(`forms.field.${column.key}`) : column.label;

/** What a cell says; a code is said in the reader's language. */
export function cellWords(column: Column, cell: Cell, { t, tk, number }: Text): string {
  if (cell.state === 'hidden') return t('forms.hidden');
  const { value } = cell;
  if (value === null) return '';
  if (typeof value === 'number')
    return column.kind === 'known' && column.key === 'compound.built_year' ? String(value) : number(value);
  if (column.kind === 'known')
    return column.key === 'resident.relation'
      ? value
          .split(' ')
          .map((word) => tk(`forms.relation.${word}`))
          .join(' ')
      : value;
  return column.type === 'yes_no' ? tk(`forms.answer.${value}`) : value;
}

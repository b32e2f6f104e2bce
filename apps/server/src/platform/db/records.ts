/**
 * Rows as PostgreSQL reads them from one parameter (`unnest($1::some_type[])`): an array of records, in the order of the
 * type's columns. Cheaper on both sides than JSON, which names every column in every row.
 */
export type Field = string | number | null;

/** What neither a record nor an array would take for something else; everything else is quoted for both. */
const plain = /^[\w:.-]+$/;
const isNull = /^null$/i;

/** Quoted for the record, and that once more for the array around it. */
const quoted = (text: string): string =>
  `\\"${text.replace(/[\\"]/g, (one) => (one === '"' ? '\\\\\\"' : '\\\\\\\\'))}\\"`;

const fieldText = (field: Field): string => {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  return plain.test(field) ? field : quoted(field);
};

export function recordsLiteral(rows: readonly (readonly Field[])[]): string {
  let text = '{';
  rows.forEach((row, i) => {
    text += i === 0 ? '"(' : ',"(';
    row.forEach((field, n) => {
      text += n === 0 ? fieldText(field) : `,${fieldText(field)}`;
    });
    text += ')"';
  });
  return `${text}}`;
}

/** An array as PostgreSQL reads it: for many short words without anything odd in them the driver's own way takes longer. */
export function listLiteral(items: readonly Field[]): string {
  let text = '{';
  items.forEach((item, i) => {
    if (i > 0) text += ',';
    if (item === null) text += 'NULL';
    else if (typeof item === 'number' || (plain.test(item) && !isNull.test(item))) text += item;
    else text += `"${item.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `${text}}`;
}

/**
 * Rows as PostgreSQL reads them from one parameter (`unnest($1::some_type[])`): an array of records, in the order of the
 * type's columns. Cheaper on both sides than JSON, which names every column in every row.
 */
export type Field = string | number | null;

/** What neither a record nor an array would take for something else; everything else is quoted for both. */
const plain = new Uint8Array(128);
for (const char of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.:_')
  plain[char.charCodeAt(0)] = 1;
const isNull = /^null$/i;

/** A loop and no pattern: it is asked of every word of a month's bills. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (plain[text.charCodeAt(i)] !== 1) return false;
  return text !== '';
}

/** Quoted for the record, and that once more for the array around it. */
const quoted = (text: string): string =>
  `\\"${text.replace(/[\\"]/g, (one) => (one === '"' ? '\\\\\\"' : '\\\\\\\\'))}\\"`;

const fieldText = (field: Field): string => {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  return isPlain(field) ? field : quoted(field);
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
    else if (typeof item === 'number' || (isPlain(item) && !(item.length === 4 && isNull.test(item))))
      text += item;
    else text += `"${item.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `${text}}`;
}

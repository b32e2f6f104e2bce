import { openCsvTable } from './csv-table.ts';
import { TableError, type TableFile, tableLimits } from './table.ts';
import { openXlsx } from './xlsx.ts';

/** A workbook or a CSV, told apart by what is in it: names lie. */
export async function openTable(bytes: Buffer): Promise<TableFile> {
  if (bytes.length === 0) throw new TableError('table.empty');
  if (bytes.length > tableLimits.bytes)
    throw new TableError('table.too_large', { what: 'file', limit: tableLimits.bytes / 1024 / 1024 });
  const begin = bytes.subarray(0, 8).toString('hex');
  if (begin.startsWith('504b0304')) return openXlsx(bytes);
  // Excel before 2007, and a workbook under a password, are the same kind of box.
  if (begin === 'd0cf11e0a1b11ae1') throw new TableError('table.old_or_encrypted');
  if (/^(?:25504446|1f8b|89504e47|ffd8ff|52617221|377abcaf)/.test(begin))
    throw new TableError('table.not_a_table');
  return openCsvTable(bytes);
}

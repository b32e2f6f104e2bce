import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJs from 'exceljs';

/** A workbook as Excel's own library for Node writes it. */
export async function aWorkbook(fill: (book: ExcelJs.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJs.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** One sheet of rows. */
export function aSheet(rows: readonly (readonly unknown[])[], name = 'Sheet1'): Promise<Buffer> {
  return aWorkbook((book) => {
    const sheet = book.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  });
}

/** A zip made by hand, for what no program writes. */
export function aZip(parts: Readonly<Record<string, string | Buffer>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, tail, Buffer.from(name)]));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet whose XML is given. */
export function aBareWorkbook(sheet: string | Buffer, texts = ''): Buffer {
  return aZip({
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${types}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${types}/worksheet" Target="worksheets/sheet1.xml"/>${
      texts === '' ? '' : `<Relationship Id="rId2" Type="${types}/sharedStrings" Target="sharedStrings.xml"/>`
    }</Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...(texts === '' ? {} : { 'xl/sharedStrings.xml': texts }),
  });
}

import { openFolderStore } from '../platform/files/store.ts';
import { openS3Store } from '../platform/files/store-s3.ts';
import { copyFiles } from '../platform/files/copy.ts';
import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { type Command, misuse } from './command.ts';

export const files: Command = {
  name: 'files',
  summary: 'copy uploaded files from the folder into a bucket',
  usage: 'files copy',
  description: [
    'Copies every uploaded file from the data folder into the bucket that GONGZHI_FILES names. What is there already',
    'is left alone, so it may be broken off and run again; nothing is removed from the folder. Run it once while the',
    'server still uses the folder, set GONGZHI_FILES for the server, restart it, and run it a last time.',
  ],
  options: {},
  examples: [
    [
      'GONGZHI_FILES=s3+https://s3.example.com/gongzhi npx gongzhi files copy',
      'with GONGZHI_FILES_KEY_ID and GONGZHI_FILES_SECRET',
    ],
  ],
  async run({ positionals }) {
    const [what, extra] = positionals;
    if (what !== 'copy') throw misuse('files needs to be told copy.', 'files');
    if (extra !== undefined) throw misuse(`files copy does not take "${extra}".`, 'files');
    const { config } = readToolEnvironment();
    if (config.fileBucket === null) throw misuse('GONGZHI_FILES names no bucket to copy into.', 'files');
    const [from, to] = [await openFolderStore(config.dataDir), await openS3Store(config.fileBucket)];
    const { copied, present } = await copyFiles(from, to);
    process.stdout.write(`${copied} copied, ${present} were there already.\n`);
    return 0;
  },
};

import type { Page } from 'playwright-core';
import type { Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

const desk = (name: string, as: string, path: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk${path}`,
  open,
});

const rules = '/rules?tab=dispatch';
/** The one button of a part of the page. */
const change =
  (part: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('region', { name: say(part), exact: true })
      .getByRole('button')
      .click();
    await page.getByRole('dialog').waitFor();
  };

export const aFileOfShifts = async (
  page: Page,
  lines: readonly string[],
  name = 'december.csv',
): Promise<void> => {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });
};

/** How orders are dispatched, and shifts from a file. */
export const dispatchPages: readonly Stop[] = [
  desk('dispatch rules', 'company', rules),
  desk('dispatch rules, only read', 'desk', rules),
  desk('dispatch rules of a street', 'street', rules),
  desk('dispatch rules, one matter', 'company', rules, async (page, say) => {
    await page.getByRole('button', { name: say('dispatchRules.oneMatter'), exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByText(say('dispatchRules.fromDay'), { exact: true }).click();
  }),
  desk('dispatch rules, time to answer', 'company', rules, change('dispatchRules.offers')),
  desk('dispatch rules, who hears', 'company', rules, change('dispatchRules.escalation')),
  desk('shifts from a file', 'manager', '/roster/file'),
  desk('shifts from a file, checked', 'manager', '/roster/file', async (page, say) => {
    await aFileOfShifts(page, ['name,date,shift', 'Nobody,2020-01-01,all day', ',,off']);
    await page.getByRole('region', { name: say('shiftFile.faults') }).waitFor();
  }),
  desk('shifts from a file, which column is which', 'manager', '/roster/file', async (page, say) => {
    await aFileOfShifts(page, ['a,b,c', 'x,y,z']);
    await page.getByRole('button', { name: say('shiftFile.check'), exact: true }).waitFor();
  }),
];

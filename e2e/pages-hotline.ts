import { scrollsInItsBox, type Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

const desk = (
  name: string,
  as: string,
  path: string | Stop['path'],
  open: Stop['open'] = async () => {},
): Stop => ({
  name,
  app: 'console',
  as,
  path: typeof path === 'string' ? () => `/desk${path}` : (orders) => `/desk${path(orders)}`,
  open,
});

/** The form of one step of a case, in place. */
const caseForm =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page.getByRole('button', { name: say(key), exact: true }).click();
    await page.getByRole('form', { name: say(key) }).waitFor();
  };

/** Every page of the hotline. */
export const hotlinePages: readonly Stop[] = [
  desk('hotline', 'street', '/hotline?queue=open'),
  desk('hotline, on a phone', 'street', '/hotline?queue=open', scrollsInItsBox),
  desk('hotline, nothing late', 'company', '/hotline?queue=late'),
  desk('hotline, a figure opened', 'street', '/hotline?figure=valid'),
  desk('hotline case at the company', 'desk', ({ hotlineAtCompany }) => `/hotline/${hotlineAtCompany.id}`),
  desk(
    'hotline case, a work order',
    'desk',
    ({ hotlineAtCompany }) => `/hotline/${hotlineAtCompany.id}`,
    caseForm('hotline.action.open_order'),
  ),
  desk(
    'hotline case, the reply',
    'street',
    ({ hotlineAnswered }) => `/hotline/${hotlineAnswered.id}`,
    caseForm('hotline.action.reply'),
  ),
  desk(
    'hotline case, leaving out a callback',
    'street',
    ({ hotlineCalled }) => `/hotline/${hotlineCalled.id}`,
    caseForm('hotline.action.ask_exclusion'),
  ),
  desk('entering a hotline case', 'street', '/hotline/new'),
  desk("a hotline's file", 'street', '/hotline/file'),
  desk('systems of the hotline', 'city', '/hotline/clients'),
  desk('hotline rates', 'street', '/hotline-rates'),
  desk('hotline rates by month', 'city', '/hotline-rates?by=month'),
  desk('room temperatures', 'desk', '/heating?view=visits'),
  desk('room temperatures, too cold', 'street', '/heating'),
  desk('room temperatures, recording', 'desk', '/heating', async (page, say) => {
    await page.getByRole('button', { name: say('heating.record'), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
];

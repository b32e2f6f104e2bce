import { loaders, usualAttributes } from '../../apps/server/src/modules/open311/index.ts';
import type { Batch } from '../../apps/server/src/platform/db/copy.ts';
import { seededIds } from './ids.ts';
import { Random } from './random.ts';
import type { Street } from './street.ts';

/**
 * What the street office tells strangers of: common matters out in the open, and one whose danger asks a question first.
 * The worker makes the orders public when the server starts, by its own rules.
 */
const codes = [
  'power.light.street',
  'building.manhole',
  'building.road',
  'lift.fault',
  'parking.blocked',
  'cleaning.rubbish',
  'cleaning.odour',
  'greening.puddle',
] as const;

const fenced = {
  code: 'fenced',
  isInput: true,
  datatype: 'singlevaluelist',
  isRequired: true,
  zh: '现场有没有围挡',
  en: 'Is the place fenced off?',
  hintZh: '没有围挡的会先派人去看守',
  hintEn: 'Where it is not, somebody is sent to stand by first',
  values: [
    { key: 'yes', zh: '有', en: 'Yes' },
    { key: 'no', zh: '没有', en: 'No' },
  ],
} as const;

/** The key of whoever tries it out; no other installation knows it. */
export const demonstrationKey = 'demo';

export function openingsOf({ places }: Street, now: Date): Batch[] {
  const { street } = places;
  const ids = seededIds(new Random('open311'));
  const of = { scopeId: street.id, cityId: street.cityId, byName: `${street.name}办事处`, at: now };
  const services = codes.map((code) => ({
    ...of,
    code,
    descriptionZh: '',
    descriptionEn: '',
    attributes: [...usualAttributes(), ...(code === 'building.manhole' ? [fenced] : [])],
    eventId: ids(now.getTime()),
  }));
  const client = { ...of, clientId: ids(now.getTime()), name: '市民随手拍(演示)', key: demonstrationKey };
  return [
    {
      table: loaders.service.table,
      columns: loaders.service.columns,
      rows: services.map((one) => loaders.service.row(one)),
    },
    {
      table: loaders.published.table,
      columns: loaders.published.columns,
      rows: services.map((one) => loaders.published.row(one)),
    },
    {
      table: loaders.client.table,
      columns: loaders.client.columns,
      rows: [loaders.client.row(client)],
    },
  ];
}

// `npm run screenshots`: makes docs/pictures from the running product, the same ones from the same code; with
// `--city FOLDER` those of a simulated city.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import { startTestPostgres } from '../test/postgres.ts';
import type { Screen } from './browser.ts';
import { settled } from './checks.ts';
import { cityPrefix, takeCity } from './city-pictures.ts';
import { keepPicture, pictureFolder, reportPictures } from './picture.ts';
import { type Product, providers, startProduct } from './product.ts';
import { type Scene, type Stage, scenes, setStage } from './scenes.ts';

/** A weekday morning; the street's six weeks end here. Pages are drawn as of this moment. */
const moment = new Date('2026-11-17T10:24:00+08:00');
const MINUTE = 60_000;
/** How long before it the staged orders begin: their timelines then have minutes between the hands. */
const STAGED_MS = 64 * MINUTE;
/** What a scene brings about was a moment ago when it is looked at. */
const JUST_AFTER_MS = 20_000;
const SCALE = 0.2;

async function main(): Promise<void> {
  const { values, positionals: chosen } = parseArgs({
    allowPositionals: true,
    options: { city: { type: 'string' } },
  });
  if (values.city !== undefined) {
    await takeCity(values.city, chosen);
    reportPictures();
    return;
  }
  const wanted = scenes.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const unknown = chosen.find((name) => !scenes.some((scene) => scene.name === name));
  if (unknown !== undefined)
    throw new Error(
      `There is no picture "${unknown}"; there are ${scenes.map(({ name }) => name).join(', ')}.`,
    );

  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  try {
    console.log('starting the product with a street …');
    const clock = new VirtualClock(new Date(moment.getTime() - STAGED_MS));
    const product = await startProduct({ scale: SCALE, until: moment, clock, env: providers });
    try {
      await assertChineseFonts(product);
      mkdirSync(pictureFolder, { recursive: true });
      const stage = await setStage(product, (minutes) => {
        clock.advance(minutes * MINUTE);
      });
      clock.set(moment);
      // What a scene brings about first (a pass from now on, a measure of today) is of the same moment as the product,
      // and no two things happen at once.
      const { Date: real } = globalThis;
      const tick = (): Date => {
        clock.advance(1);
        return clock.now();
      };
      globalThis.Date = class extends real {
        constructor(...given: unknown[]) {
          super(...((given.length === 0 ? [tick()] : given) as [Date]));
        }
        static override now(): number {
          return tick().getTime();
        }
      } as DateConstructor;
      for (const scene of wanted) await take(product, stage, scene);
    } finally {
      await product.close();
    }
    if (chosen.length === 0) dropForgotten();
    reportPictures();
  } finally {
    await postgres?.stop();
  }
}

const screenOf = ({ name }: Scene): Screen =>
  name === 'wall-32-9'
    ? 'wideWall'
    : name.startsWith('wall')
      ? 'wall'
      : name.startsWith('desk')
        ? 'desktop'
        : 'phone';

async function take(product: Product, stage: Stage, scene: Scene): Promise<void> {
  const page = await product.open(screenOf(scene), scene);
  // Only the date stands still; what moves by timers goes on.
  await page.clock.setFixedTime(new Date(moment.getTime() + JUST_AFTER_MS));
  await signIn(product, page, scene);
  await page.goto(scene.path(stage));
  await settled(page);
  await scene.open?.(page, stage);
  await keepPicture(page, scene.name, scene.isWhole === true);
  await page.context().close();
}

async function signIn(product: Product, page: Page, scene: Scene): Promise<void> {
  if (scene.as === null) return;
  const client = await product.server.as(scene.as);
  await client.send('PUT', '/me/preferences', {
    locale: scene.locale ?? 'zh-CN',
    isLargeType: scene.isLargeType === true,
  });
  await scene.before?.(client);
  const [name = '', value = ''] = client.cookie.split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url: product.server.url }]);
}

/** Without Chinese letters every one of them is drawn as the same empty box. */
async function assertChineseFonts(product: Product): Promise<void> {
  const page = await product.open('desktop');
  await page.goto('/m/sign-in');
  const differ = await page.evaluate<boolean>(`(() => {
    const draw = (letter) => {
      const canvas = document.createElement('canvas');
      const pen = canvas.getContext('2d');
      pen.font = '40px sans-serif';
      pen.fillText(letter, 10, 60);
      return canvas.toDataURL();
    };
    return draw('共') !== draw('治');
  })()`);
  await page.context().close();
  if (!differ)
    throw new Error(
      'This machine has no Chinese letters: install a font such as Noto Sans CJK (apt-get install fonts-noto-cjk).',
    );
}

/** A picture nobody makes any more shows a product that is gone. */
function dropForgotten(): void {
  const known = new Set(scenes.map(({ name }) => `${name}.png`));
  for (const name of readdirSync(pictureFolder))
    if (name.endsWith('.png') && !name.startsWith(cityPrefix) && !known.has(name))
      rmSync(join(pictureFolder, name));
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

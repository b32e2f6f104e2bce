import type { Stop } from './stops.ts';

const wall = (name: string, as: string, heading: 'wall.newest' | 'wall.notAllowed'): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/wall',
  open: async (page, say) => {
    await page.getByRole('heading', { name: say(heading) }).waitFor();
  },
});

/** What hangs on the wall, of a street, of a company, and for somebody who has none. */
export const wallPages: readonly Stop[] = [
  wall('wall screen', 'street', 'wall.newest'),
  wall('wall screen, a company', 'company', 'wall.newest'),
  wall('wall screen, for nobody', 'worker', 'wall.notAllowed'),
];

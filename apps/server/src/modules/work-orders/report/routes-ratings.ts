import { addDays, localDate, startOfDay } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../../platform/http/app.ts';
import type { House } from '../../../platform/house.ts';
import { accessScope } from '../../places/index.ts';
import { nullable } from '../schemas-words.ts';
import { type RatingCounts, ratingsOf } from './queries-ratings.ts';
import { LEAST_RATINGS } from './schemas-comparison.ts';

/** Fixed spans, so that nobody sets two beside each other that differ by one rating. */
const SPANS = [90, 365] as const;

const Counts = nullable(
  Type.Object({
    satisfied: Type.Integer(),
    basicallySatisfied: Type.Integer(),
    unsatisfied: Type.Integer(),
  }),
);
const OwnRatings = Type.Object(
  {
    /** Fewer than these are not shown: few are somebody in particular. */
    least: Type.Integer(),
    spans: Type.Array(
      Type.Object({
        days: Type.Integer(),
        from: Type.String({ format: 'date' }),
        done: Type.Integer({ description: 'jobs finished since then, confidential ones left out' }),
        rated: Type.Integer(),
        overall: Counts,
        speed: Counts,
        manner: Counts,
        quality: Counts,
      }),
    ),
  },
  { title: 'OwnRatings', description: 'null: too few to say anything' },
);

const sumOf = ({ satisfied, basicallySatisfied, unsatisfied }: RatingCounts): number =>
  satisfied + basicallySatisfied + unsatisfied;
const enough = (counts: RatingCounts): RatingCounts | null => (sumOf(counts) < LEAST_RATINGS ? null : counts);

/** What residents said of one's own work, all together. */
export function ratingRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/my-ratings',
    {
      config: { permission: 'work_order.own_ratings' },
      schema: {
        operationId: 'readOwnRatings',
        tags: ['work-orders'],
        summary: 'How one’s own work was rated: speed, manner and quality, from how many, and never by whom',
        response: { 200: OwnRatings },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, acting.homeScopeId);
        const today = localDate(now.getTime(), home.timeZone);
        const spans = await Promise.all(
          SPANS.map(async (days) => {
            const from = addDays(today, -days);
            const { done, overall, speed, manner, quality } = await ratingsOf(
              q,
              acting,
              new Date(startOfDay(from, home.timeZone)),
            );
            return {
              days,
              from,
              done,
              rated: sumOf(overall),
              overall: enough(overall),
              speed: enough(speed),
              manner: enough(manner),
              quality: enough(quality),
            };
          }),
        );
        return { least: LEAST_RATINGS, spans };
      });
    },
  );
}

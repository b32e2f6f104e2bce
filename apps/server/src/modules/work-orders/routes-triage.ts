import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { catalogueAt, isStaffsOwn } from './facts.ts';
import { learntWords } from './queries-learning.ts';
import { nullable, oneOf, strict, Time, Uuid } from './schemas-words.ts';
import { askCity, unitOf } from './service-triage.ts';

const Text = Type.String();
const Pieces = Type.Array(Text, { description: 'Pieces of the text that spoke for it' });
const Share = Type.Number({ minimum: 0, maximum: 1 });

const Suggestion = Type.Object({
  categoryCode: Text,
  nameZh: Text,
  nameEn: Text,
  isEmergency: Type.Boolean(),
  confidence: nullable(Share),
  words: Pieces,
});

const Triage = Type.Object(
  {
    from: oneOf(['learnt', 'catalogue'] as const),
    categories: Type.Array(Suggestion),
    unit: nullable(
      Type.Object({
        skill: nullable(Text),
        receiver: nullable(Text),
        confidence: Share,
        words: Pieces,
      }),
    ),
    least: Type.Number({ description: 'Below this confidence it is silent' }),
    model: nullable(Type.Object({ version: Type.Integer(), taught: Type.Integer(), trainedAt: Time })),
  },
  { title: 'Triage' },
);

const Report = Type.Object(
  {
    scopeId: Uuid,
    text: Type.String({ minLength: 1, maxLength: 2_000 }),
    place: Type.Optional(oneOf(['home', 'public'] as const)),
  },
  strict,
);

const MOST = 3;

/** What a report is probably about and whose it is, while the desk reads it. The words come in the body: no log keeps them. */
export function triageRoutes(app: App, house: House): void {
  app.post(
    '/work-orders/triage',
    {
      config: { permission: 'work_order.triage' },
      schema: {
        tags: ['work-orders'],
        operationId: 'suggestTriage',
        summary:
          'What a report is probably about and whose it is: learnt from the desk, else from the catalogue’s own words',
        body: Report,
        response: { 200: Triage },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const { scopeId, text, place } = request.body;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const cityId = wall.cityId ?? wall.scopeId;
        const chain = [wall.companyId, wall.streetId, cityId].filter((id) => id !== null);
        const [all, learnt, least, category, unit] = await Promise.all([
          catalogueAt(q, wall, now.getTime()),
          learntWords(q, cityId),
          house.settings.get(q, chain, 'work_order.triage_confidence', now),
          askCity(q, cityId, 'category', text),
          askCity(q, cityId, 'unit', text),
        ]);
        const possible = all.filter(
          (one) => one.isActive && (place === undefined || one.place === 'both' || one.place === place),
        );
        const byCode = new Map(possible.map((one) => [one.code, one]));
        const answers = (category?.answers ?? []).filter(({ label }) => byCode.has(label));
        const best = answers[0];
        const speaks = best !== undefined && best === category?.answers[0] && best.confidence >= least;
        const named = (code: string) => {
          const { nameZh, nameEn, isEmergency } = byCode.get(code)!;
          return { categoryCode: code, nameZh, nameEn, isEmergency };
        };
        const byWords = suggestCategories(
          text,
          possible.filter((one) => !isStaffsOwn(one)),
          place ?? null,
          MOST,
          learnt,
        );
        const mine = speaks
          ? answers.map(({ label, confidence, words }) => ({
              ...named(label),
              confidence,
              words: [...words],
            }))
          : byWords.map(({ code }) => ({ ...named(code), confidence: null, words: [] }));
        const hand = unit?.answers[0];
        const hers = hand === undefined || hand.confidence < least ? null : hand;
        return {
          from: speaks ? ('learnt' as const) : ('catalogue' as const),
          categories: mine,
          unit:
            hers === null
              ? null
              : {
                  skill: null,
                  receiver: null,
                  ...unitOf(hers.label),
                  confidence: hers.confidence,
                  words: [...hers.words],
                },
          least,
          model:
            category === null
              ? null
              : {
                  version: category.version,
                  taught: category.taught,
                  trainedAt: category.trainedAt.toISOString(),
                },
        };
      });
    },
  );
}

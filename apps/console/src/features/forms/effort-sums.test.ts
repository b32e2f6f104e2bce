import { expect, it } from 'vitest';
import { effortSums, type Sum } from './effort-sums.ts';

const later = () => new Promise<void>((done) => setTimeout(done));

/** Each sum waits for its answer; what the server counted is by key. */
function aPage() {
  const sent: Sum[] = [];
  const waiting: { taken: () => void; lost: () => void }[] = [];
  let keys = 0;
  const sums = effortSums(
    (sum) => {
      sent.push(sum);
      return new Promise<void>((resolve, reject) => {
        waiting.push({
          taken: resolve,
          lost: () => {
            reject(new Error('lost'));
          },
        });
      });
    },
    () => `key ${++keys}`,
  );
  let now = 0;
  return {
    sent,
    sayAll: () => {
      void sums.sayAll();
    },
    works: (seconds: number) => {
      void sums.touch(now);
      for (let left = seconds; left > 0; left -= 30) {
        now += Math.min(30, left) * 1_000;
        void sums.touch(now);
      }
    },
    answer: async (how: 'taken' | 'lost') => {
      waiting.shift()![how]();
      await later();
    },
  };
}

it('sends exactly what was lost again, and only then what came after', async () => {
  const { sent, works, answer } = aPage();
  works(90);
  await answer('lost');
  works(60);
  expect(sent).toEqual([{ seconds: 90, key: 'key 1' }]);
  works(30);
  expect(sent.slice(1)).toEqual([{ seconds: 90, key: 'key 1' }]);
  await answer('taken');
  expect(sent.slice(2)).toEqual([{ seconds: 90, key: 'key 2' }]);
});

it('says what was worked on while a sum was under way and the page was left', async () => {
  const { sent, works, sayAll, answer } = aPage();
  works(90);
  works(20);
  sayAll();
  expect(sent).toHaveLength(1);
  await answer('taken');
  expect(sent.slice(1)).toEqual([{ seconds: 20, key: 'key 2' }]);
});

it('tries once more what is lost as the page is left, and then the rest', async () => {
  const { sent, works, sayAll, answer } = aPage();
  works(90);
  works(20);
  sayAll();
  await answer('lost');
  expect(sent.slice(1)).toEqual([{ seconds: 90, key: 'key 1' }]);
  await answer('taken');
  expect(sent.slice(2)).toEqual([{ seconds: 20, key: 'key 2' }]);
});

it('says nothing where nothing was worked on', () => {
  const { sent, sayAll } = aPage();
  sayAll();
  expect(sent).toEqual([]);
});

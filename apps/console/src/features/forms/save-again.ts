import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import type { Form, FormInput } from './api.ts';

const isRefusal = (error: unknown): boolean => error instanceof ApiProblem && error.status < 500;

/**
 * Saves a form, as often as it takes. Where an answer was lost nobody knows whether it was saved: the very same is sent
 * again first, which the server takes once, and what was changed since goes onto the version that it answers.
 */
export function savesForm(put: (body: FormInput) => Promise<Form>): (body: FormInput) => Promise<Form> {
  /** The version that the page knows, and the one that the server is known to have reached from it. */
  let [known, reached] = [0, 0];
  let lost: FormInput | null = null;
  const send = async (body: FormInput): Promise<Form> => {
    lost = body;
    try {
      const saved = await put(body);
      lost = null;
      reached = saved.version;
      return saved;
    } catch (error) {
      if (isRefusal(error)) lost = null;
      throw error;
    }
  };
  return async (body) => {
    if (body.expectedVersion !== known) {
      known = reached = body.expectedVersion;
      lost = null;
    }
    const before = lost;
    if (before !== null) {
      const isSame =
        JSON.stringify({ ...before, expectedVersion: 0 }) === JSON.stringify({ ...body, expectedVersion: 0 });
      if (isSame) return send(before);
      try {
        await send(before);
      } catch (error) {
        // Refused: it had not arrived, and would not be taken as it was.
        if (!isRefusal(error)) throw error;
      }
    }
    return send({ ...body, expectedVersion: reached });
  };
}

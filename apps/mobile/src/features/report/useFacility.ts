import { announce } from '@gongzhi/ui/notices.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { Me } from '../../api-types.ts';
import type { Draft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { chooseHousehold, type Here } from '../session/here.tsx';
import type { ReportDraft } from './draft.ts';
import type { FacilityCode } from './facility.ts';

export type FacilityTrouble = 'elsewhere' | 'gone' | 'notOurs';

/** Takes what a code says: which lift, which gate, and so which building; or says why that can't be reported here. */
export function useFacility(
  me: Me,
  here: Here,
  draft: Draft<ReportDraft>,
  change: (part: Partial<ReportDraft>) => void,
): { trouble: FacilityTrouble | null; take: (code: FacilityCode | null) => void } {
  const { t } = useWords();
  const client = useQueryClient();
  const [trouble, setTrouble] = useState<FacilityTrouble | null>(null);
  const latest = useRef({ me, here, draft, change, t });
  latest.current = { me, here, draft, change, t };
  const take = useCallback(
    (code: FacilityCode | null) => {
      const { acting } = latest.current.me;
      if (code === null) {
        setTrouble('notOurs');
        return;
      }
      // Somebody of another compound: nothing of theirs is looked at, and it is said plainly.
      if (!acting.scopes.some(({ id }) => id === code.scopeId)) {
        setTrouble('elsewhere');
        return;
      }
      const other = acting.households.find(({ scopeId }) => scopeId === code.scopeId);
      if (code.scopeId !== latest.current.here.scopeId && other !== undefined) chooseHousehold(other.id);
      const look = async (): Promise<void> => {
        const { items } = await client.fetchQuery({
          queryKey: ['facilities', code.scopeId, code.facilityId],
          queryFn: () => api.facility(code.scopeId, code.facilityId),
        });
        const [facility] = items;
        if (facility === undefined) {
          setTrouble('gone');
          return;
        }
        setTrouble(null);
        latest.current.change({
          place: 'public',
          facilityId: facility.id,
          buildingId: facility.buildingId ?? '',
        });
        announce(latest.current.t('mobile.scan.found', { name: facility.label }));
      };
      look().catch(() => {
        // Without a network the id is enough: the server knows the rest when it gets there.
        latest.current.change({ place: 'public', facilityId: code.facilityId });
      });
    },
    [client],
  );
  return { trouble, take };
}

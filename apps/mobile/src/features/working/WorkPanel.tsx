import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { JobSheet, Order, WorkingAct } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import type { Submit } from '../work/JobActions.tsx';
import { sheetQuery } from './queries.ts';
import css from './working.module.css';

const ChargeSheet = lazy(async () => ({ default: (await import('./ChargeSheet.tsx')).ChargeSheet }));
const SafetySheet = lazy(async () => ({ default: (await import('./SafetySheet.tsx')).SafetySheet }));
const CrewSheet = lazy(async () => ({ default: (await import('./CrewSheet.tsx')).CrewSheet }));
const PartSheet = lazy(async () => ({ default: (await import('./PlanSheets.tsx')).PartSheet }));
const VisitSheet = lazy(async () => ({ default: (await import('./PlanSheets.tsx')).VisitSheet }));

export interface SheetProps {
  order: Order;
  sheet: JobSheet;
  submit: Submit;
  onClose: () => void;
}

export function can(sheet: JobSheet, action: WorkingAct['action']): boolean {
  return sheet.actions.some((one) => one.action === action && one.isAllowed);
}

type Part = 'charge' | 'safety' | 'crew' | 'part' | 'visit';

/** The work itself under the job: each row says how it stands and opens what can be done about it. */
export function WorkPanel({ order, submit }: { order: Order; submit: Submit }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const [open, setOpen] = useState<Part | null>(null);
  const sheet = useQuery(sheetQuery(order.scopeId, order.id)).data;
  if (sheet === undefined) return null;
  const { charge, warranty } = sheet;
  const crew = sheet.crew.filter(({ leftAt }) => leftAt === null);
  const parts = sheet.parts.filter(({ arrivedAt }) => arrivedAt === null);
  const next = sheet.visits.find(({ doneAt, cancelledAt }) => doneAt === null && cancelledAt === null);
  const close = (): void => setOpen(null);
  const props = { order, sheet, submit, onClose: close };
  return (
    <Card labelledBy="work">
      <h2 id="work" className={css.heading}>
        {t('mobile.working.title')}
      </h2>
      {warranty !== null && (
        <p>{t('mobile.working.warranty', { number: warranty.number, until: warranty.until })}</p>
      )}
      {order.isHelper && <OwnMarks sheet={sheet} submit={submit} />}
      <div className={css.rows}>
        <Row
          name={t('mobile.working.charge')}
          says={
            charge === null || charge.lines.length === 0
              ? t('mobile.working.chargeNone')
              : t('mobile.working.chargeRow', {
                  amount: charge.total,
                  state: t(`chargeStates.${sheet.chargeState ?? 'none'}`),
                })
          }
          onOpen={() => setOpen('charge')}
        />
        {sheet.safety !== null && sheet.safety.state !== 'none' && (
          <Row
            name={t('mobile.working.safety')}
            says={t(`safetyStates.${sheet.safety.state}`)}
            onOpen={() => setOpen('safety')}
          />
        )}
        <Row
          name={t('mobile.working.crew')}
          says={crew.length === 0 ? t('mobile.working.crewNone') : crew.map(({ name }) => name).join(' ')}
          onOpen={() => setOpen('crew')}
        />
        <Row
          name={t('mobile.working.parts')}
          says={
            parts.length === 0
              ? t('mobile.working.partsNone')
              : t('mobile.working.partsWaiting', { count: parts.length })
          }
          onOpen={() => setOpen('part')}
        />
        <Row
          name={t('mobile.working.visits')}
          says={
            next === undefined
              ? t('mobile.working.visitsNone')
              : t('mobile.working.visitsNext', { when: formatWhen(locale, next.plannedFrom, now) })
          }
          onOpen={() => setOpen('visit')}
        />
      </div>
      <Suspense fallback={null}>
        {open === 'charge' && <ChargeSheet {...props} />}
        {open === 'safety' && <SafetySheet {...props} />}
        {open === 'crew' && <CrewSheet {...props} />}
        {open === 'part' && <PartSheet {...props} />}
        {open === 'visit' && <VisitSheet {...props} />}
      </Suspense>
    </Card>
  );
}

function Row({ name, says, onOpen }: { name: string; says: string; onOpen: () => void }) {
  return (
    <button type="button" className={css.row} onClick={onOpen}>
      <span>
        <span className={css.name}>{name}</span>
        <br />
        <span className={css.quiet}>{says}</span>
      </span>
      <Icon of={ChevronRight} />
    </button>
  );
}

/** A helper's own coming and going. */
function OwnMarks({ sheet, submit }: { sheet: JobSheet; submit: Submit }) {
  const { t } = useWords();
  const own = sheet.crew.findLast(({ isMe }) => isMe);
  if (own === undefined || own.leftAt !== null) return null;
  const action = own.arrivedAt === null ? 'helper_arrive' : 'helper_leave';
  return (
    <Button variant="primary" size="large" isWide onPress={() => void submit({ action })}>
      {t(`workingActions.${action}`)}
    </Button>
  );
}

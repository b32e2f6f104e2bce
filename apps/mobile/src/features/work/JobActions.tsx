import { Button } from '@gongzhi/ui/Button.tsx';
import { RadioGroup } from '@gongzhi/ui/Choice.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { useQuery } from '@tanstack/react-query';
import {
  Ban,
  CircleCheck,
  MessageCircle,
  Navigation,
  Pause,
  PenLine,
  Play,
  Repeat2,
  ThumbsUp,
  Wrench,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../../api.ts';
import type { Act, Order } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import type { PhotoTray } from '../photos/tray.ts';
import { useMe } from '../session/me.ts';
import { VisitActs } from '../visits/VisitActs.tsx';
import { may } from '../work-orders/say.ts';
import { SaySheet, type SaySheetProps } from '../work-orders/SaySheet.tsx';
import css from './JobActions.module.css';
import { type NextAct, nextAct } from './project.ts';
import { sheetQuery } from '../working/queries.ts';

const SafetySheet = lazy(async () => ({ default: (await import('../working/SafetySheet.tsx')).SafetySheet }));

const ConfirmForSheet = lazy(async () => ({
  default: (await import('../family/ConfirmForSheet.tsx')).ConfirmForSheet,
}));

/** Does it, or queues it: true once it is safe. A tray's pictures travel with the act. */
export type Submit = (command: Act, tray?: Pick<PhotoTray, 'giveTo'>) => Promise<boolean>;

const ICONS = {
  accept: ThumbsUp,
  depart: Navigation,
  arrive: CircleCheck,
  start: Wrench,
  finish: CircleCheck,
  resume: Play,
} as const satisfies Record<NextAct, unknown>;

/** The next act as one button across the bottom. */
export function NextButton({ order, isBusy, submit }: { order: Order; isBusy: boolean; submit: Submit }) {
  const { t } = useWords();
  const [isFinishing, setFinishing] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const next = nextAct(order);
  const sheet = useQuery(sheetQuery(order.scopeId, order.id)).data;
  const [isChecking, setChecking] = useState(false);
  // What is dangerous is checked before the one button begins it.
  const mustCheck = next === 'start' && (order.safety === 'needed' || order.safety === 'stopped');
  // Who helps has their own marks, and not the one button.
  if (next === null || order.isHelper) return null;
  return (
    <div className={css.bar}>
      <Button
        variant="primary"
        size="large"
        isWide
        icon={ICONS[next]}
        isBusy={isBusy}
        onPress={() => {
          if (mustCheck) setChecking(true);
          else if (next === 'finish') setFinishing(true);
          else if (next === 'start' && order.photosRequired) setStarting(true);
          else void submit({ action: next });
        }}
      >
        {mustCheck ? t('mobile.working.safety') : t(`actions.${next}`)}
      </Button>
      {isChecking && sheet !== undefined && (
        <Suspense fallback={null}>
          <SafetySheet order={order} sheet={sheet} submit={submit} onClose={() => setChecking(false)} />
        </Suspense>
      )}
      {isStarting && (
        <SaySheet
          order={order}
          act="start"
          title={t('actions.start')}
          label={null}
          isRequired={false}
          photos={{ label: t('mobile.say.beforePhotos'), isRequired: true }}
          submit={t('actions.start')}
          onSubmit={(_, tray) => submit({ action: 'start', photoIds: [] }, tray)}
          onClose={() => setStarting(false)}
        />
      )}
      {isFinishing && (
        <SaySheet
          order={order}
          act="finish"
          title={t('actions.finish')}
          label={t('mobile.say.workDone')}
          presets={[t('mobile.preset.replaced'), t('mobile.preset.repaired'), t('mobile.preset.cleared')]}
          photos={{
            label: t(order.photosRequired ? 'mobile.say.workPhotosRequired' : 'mobile.say.workPhotos'),
            isRequired: order.photosRequired,
          }}
          submit={t('actions.finish')}
          onSubmit={(workDone, tray) => submit({ action: 'finish', workDone, photoIds: [] }, tray)}
          onClose={() => setFinishing(false)}
        />
      )}
    </div>
  );
}

type Side = 'sign' | 'refuse' | 'transfer' | 'pause' | 'comment';

/** What else a worker may do now. */
export function SideActions({ order, submit }: { order: Order; submit: Submit }) {
  const { t } = useWords();
  // Whoever may not see the colleagues can't choose one: then the desk passes it on.
  const canChoose = useMe().permissions.includes('work_order.candidates');
  const [act, setAct] = useState<Side | null>(null);
  const close = (): void => setAct(null);
  return (
    <div className={css.side}>
      {may(order, 'confirm_for') && (
        <Button icon={PenLine} variant="primary" onPress={() => setAct('sign')}>
          {t('family.sign.title')}
        </Button>
      )}
      {may(order, 'pause') && (
        <Button icon={Pause} onPress={() => setAct('pause')}>
          {t('actions.pause')}
        </Button>
      )}
      <VisitActs order={order} submit={submit} />
      {may(order, 'comment') && (
        <Button icon={MessageCircle} onPress={() => setAct('comment')}>
          {t('mobile.act.commentOrPhoto')}
        </Button>
      )}
      {may(order, 'transfer') && canChoose && (
        <Button icon={Repeat2} onPress={() => setAct('transfer')}>
          {t('actions.transfer')}
        </Button>
      )}
      {may(order, 'refuse') && (
        <Button variant="danger" icon={Ban} onPress={() => setAct('refuse')}>
          {t('actions.refuse')}
        </Button>
      )}
      {act === 'sign' && (
        <Suspense fallback={null}>
          <ConfirmForSheet order={order} submit={submit} onClose={close} />
        </Suspense>
      )}
      {act === 'pause' && <PauseSheet order={order} submit={submit} onClose={close} />}
      {act === 'transfer' && <TransferSheet order={order} submit={submit} onClose={close} />}
      {act === 'refuse' && (
        <SaySheet
          order={order}
          act="refuse"
          title={t('actions.refuse')}
          label={t('mobile.say.refuse')}
          presets={[t('mobile.preset.busy'), t('mobile.preset.notMyTrade'), t('mobile.preset.noTools')]}
          submit={t('actions.refuse')}
          isDanger
          onSubmit={(reason) => submit({ action: 'refuse', reason })}
          onClose={close}
        />
      )}
      {act === 'comment' && <CommentSheet order={order} submit={submit} onClose={close} />}
    </div>
  );
}

interface ActProps {
  order: Order;
  submit: Submit;
  onClose: () => void;
}

function CommentSheet({ order, submit, onClose }: ActProps) {
  const { t } = useWords();
  const { account } = useMe();
  // Kept beside the words: what was written for colleagues must not be found again addressed to everybody.
  const draft = useDraft<{ who: 'all' | 'staff' }>(
    `${account.id}:${order.id}:comment-who`,
    account.id,
    () => ({
      who: 'all',
    }),
  );
  const { who } = draft.value;
  return (
    <SaySheet
      order={order}
      act="comment"
      title={t('mobile.act.commentOrPhoto')}
      label={t('mobile.say.workerComment')}
      photos={{ label: t('mobile.report.photos'), isRequired: false }}
      submit={t('mobile.say.send')}
      before={
        <RadioGroup
          label={t('mobile.say.whoSees')}
          value={who}
          onChange={(next) => {
            draft.change({ who: next });
          }}
          options={[
            { value: 'all', label: t('mobile.say.everyoneSees') },
            { value: 'staff', label: t('mobile.say.staffSees') },
          ]}
        />
      }
      onSubmit={async (text, tray) => {
        const isSaid = await submit(
          { action: 'comment', text, isInternal: who === 'staff', photoIds: [] },
          tray,
        );
        if (isSaid) await draft.clear();
        return isSaid;
      }}
      onClose={onClose}
    />
  );
}

const PAUSE_REASONS = [
  'waiting_parts',
  'waiting_resident',
  'waiting_third_party',
  'waiting_approval',
  'unsafe',
  'night_quiet',
  'weather',
  'emergency_elsewhere',
] as const;

function PauseSheet({ order, submit, onClose }: ActProps) {
  const { t } = useWords();
  const [reason, setReason] = useState<(typeof PAUSE_REASONS)[number]>('waiting_parts');
  const say: Pick<SaySheetProps, 'title' | 'label' | 'submit'> = {
    title: t('actions.pause'),
    label: t('mobile.say.pauseNote'),
    submit: t('actions.pause'),
  };
  return (
    <SaySheet
      order={order}
      act="pause"
      {...say}
      isRequired={false}
      before={
        <RadioGroup
          label={t('mobile.say.pauseReason')}
          value={reason}
          onChange={setReason}
          options={PAUSE_REASONS.map((value) => ({ value, label: t(`pauseReasons.${value}`) }))}
        />
      }
      onSubmit={(note) =>
        submit(note === '' ? { action: 'pause', reason } : { action: 'pause', reason, note })
      }
      onClose={onClose}
    />
  );
}

function TransferSheet({ order, submit, onClose }: ActProps) {
  const words = useWords();
  const { t } = words;
  const [to, setTo] = useState('');
  const [lacksPerson, setLacksPerson] = useState(false);
  const staff = useQuery({
    queryKey: ['candidates', order.id],
    queryFn: () => api.candidates(order.scopeId, order.id),
  });
  const error =
    staff.error !== null
      ? problemSentence(words, staff.error)
      : lacksPerson
        ? t('mobile.say.personMissing')
        : undefined;
  return (
    <SaySheet
      order={order}
      act="transfer"
      title={t('actions.transfer')}
      label={t('mobile.say.transfer')}
      presets={[t('mobile.preset.busy'), t('mobile.preset.notMyTrade')]}
      submit={t('actions.transfer')}
      before={
        <Select
          label={t('mobile.say.person')}
          placeholder={t('mobile.say.choosePerson')}
          value={to}
          error={error}
          options={(staff.data?.items ?? [])
            .filter(({ accountId, mayBeSent }) => mayBeSent && accountId !== order.assigneeAccountId)
            .map((one) => ({
              value: one.accountId,
              label: t('mobile.say.candidate', {
                name: one.displayName,
                title: one.title,
                count: one.openOrders,
              }),
            }))}
          onChange={(value) => {
            setLacksPerson(false);
            setTo(value);
          }}
        />
      }
      onSubmit={(reason) => {
        setLacksPerson(to === '');
        return to === ''
          ? Promise.resolve(false)
          : submit({ action: 'transfer', assigneeAccountId: to, reason });
      }}
      onClose={onClose}
    />
  );
}

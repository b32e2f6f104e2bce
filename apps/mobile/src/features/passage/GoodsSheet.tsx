import { Button, IconButton } from '@gongzhi/ui/Button.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { isPassing, type Meant, meant, newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { addDays, instantOn, localDate } from '@gongzhi/kernel/time.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { type Own, PASSAGE, passageApi } from './api.ts';
import css from './passage.module.css';

const DAYS = ['today', 'tomorrow', 'dayAfter'] as const;
const CLOCK = Array.from({ length: 16 }, (_, i) => i + 6);
const NOW = 'now';
const HOURS = 6;
const HOUR_MS = 3_600_000;
const MOST_THINGS = 20;

const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** What leaves, when, and with whom. */
export function GoodsSheet({
  own,
  scopeId,
  householdId,
  onClose,
}: {
  own: Own;
  scopeId: string;
  householdId: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const { timeZone, rules } = own;
  const draft = useDraft(`${me.account.id}:goods`, me.account.id, () => ({
    things: [{ id: newKey(), what: '', count: '1' }],
    carriedBy: '',
    plate: '',
    day: 'today' as (typeof DAYS)[number],
    from: NOW,
    /** Went out, and nobody knows whether it arrived. */
    sent: null as Meant<Body<'askGoodsSlip'>> | null,
  }));
  const { value } = draft;
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const bodyOf = (): Body<'askGoodsSlip'> => {
    const day = addDays(localDate(Date.now(), timeZone), DAYS.indexOf(value.day));
    const isNow = value.day === 'today' && value.from === NOW;
    const hour = value.from === NOW ? (CLOCK[0] ?? 6) : Number(value.from);
    const from = isNow ? Date.now() : instantOn(day, hour * 60, timeZone);
    return {
      scopeId,
      householdId,
      items: value.things
        .filter(({ what }) => what.trim() !== '')
        .map(({ what, count }) => ({ what: what.trim(), count: Math.max(1, Number(count) || 1) })),
      ...(value.carriedBy.trim() === '' ? {} : { carriedBy: value.carriedBy.trim() }),
      ...(value.plate.trim() === '' ? {} : { plate: value.plate.trim() }),
      validFrom: new Date(from).toISOString(),
      validTo: new Date(from + Math.min(HOURS, rules.goodsSlipHours) * HOUR_MS).toISOString(),
    };
  };
  const ask = useMutation({
    mutationFn: () => {
      const sent = meant(value.sent, { ...value, sent: null, scopeId, householdId }, bodyOf);
      draft.change({ sent });
      return passageApi.askSlip(sent.body, sent.key);
    },
    onSuccess: async () => {
      await draft.clear();
      void client.invalidateQueries({ queryKey: [PASSAGE] });
      onClose();
    },
    onError: (error) => {
      if (!isPassing(error)) draft.change({ sent: null });
      const found = fieldSentences(words, error);
      setLacks(found);
      if (Object.keys(found).length === 0) notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const send = (): void => {
    const isEmpty = value.things.every(({ what }) => what.trim() === '');
    setLacks(isEmpty ? { items: t('fieldErrors.nothing') } : {});
    if (!isEmpty) ask.mutate();
  };
  const change = (id: string, part: Partial<(typeof value.things)[number]>): void => {
    draft.change({ things: value.things.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  };
  return (
    <Sheet
      title={t('pass.goods.ask')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={ask.isPending} onPress={send}>
          {t('pass.goods.send')}
        </Button>
      }
    >
      {value.things.map((thing, index) => (
        <div key={thing.id} className={css.thing}>
          <TextField
            label={t('pass.goods.what')}
            maxLength={40}
            value={thing.what}
            isDisabled={!draft.isReady}
            error={index === 0 ? lacks['items'] : undefined}
            onChange={(what) => {
              change(thing.id, { what });
            }}
          />
          <TextField
            label={t('pass.goods.count')}
            inputMode="numeric"
            maxLength={3}
            value={thing.count}
            onChange={(count) => {
              change(thing.id, { count: count.replace(/\D/g, '') });
            }}
          />
          {value.things.length > 1 && (
            <IconButton
              icon={X}
              label={t('pass.goods.remove', { what: thing.what })}
              onPress={() => {
                draft.change({ things: value.things.filter(({ id }) => id !== thing.id) });
              }}
            />
          )}
        </div>
      ))}
      {value.things.length < MOST_THINGS && (
        <Button
          icon={Plus}
          variant="quiet"
          onPress={() => {
            draft.change({ things: [...value.things, { id: newKey(), what: '', count: '1' }] });
          }}
        >
          {t('pass.goods.add')}
        </Button>
      )}
      <Segmented
        label={t('pass.goods.day')}
        options={DAYS.map((day) => ({ value: day, label: t(`pass.invite.${day}`) }))}
        value={value.day}
        onChange={(day) => {
          draft.change({ day });
        }}
      />
      <Select
        label={t('pass.invite.from')}
        options={[
          ...(value.day === 'today' ? [{ value: NOW, label: t('pass.invite.now') }] : []),
          ...CLOCK.map((hour) => ({ value: String(hour), label: clockOf(hour) })),
        ]}
        value={value.day !== 'today' && value.from === NOW ? String(CLOCK[0]) : value.from}
        error={lacks['validTo'] ?? lacks['validFrom']}
        onChange={(from) => {
          draft.change({ from });
        }}
      />
      <TextField
        label={t('pass.goods.by')}
        maxLength={40}
        value={value.carriedBy}
        isDisabled={!draft.isReady}
        onChange={(carriedBy) => {
          draft.change({ carriedBy });
        }}
      />
      <TextField
        label={t('pass.goods.plate')}
        maxLength={16}
        value={value.plate}
        isDisabled={!draft.isReady}
        error={lacks['plate']}
        onChange={(plate) => {
          draft.change({ plate });
        }}
      />
    </Sheet>
  );
}

import { formatSpan } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { Intent, newKey } from '@gongzhi/ui/client/index.ts';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useMutation } from '@tanstack/react-query';
import { Camera as CameraIcon, CameraOff, PackageCheck, SearchIcon } from 'lucide-react';
import { useState } from 'react';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import type { GoodsSlip, Parcel } from '../passage/api.ts';
import { hasCamera } from '../report/scanner.ts';
import { useMe } from '../session/me.ts';
import { Camera } from './Camera.tsx';
import { counterApi } from './counter-api.ts';
import css from './gate.module.css';
import type { PostView } from './post-types.ts';

const DIGITS = 6;
type Doing = 'look' | 'take';

/** What lies at the gate for the homes, and what leaves them: by the six digits somebody says or shows. */
export function CounterSheet({ view, onClose }: { view: PostView; onClose: () => void }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<Doing>('look');
  const scopeId = view.device?.scopeId ?? '';
  return (
    <Sheet title={t('mobile.gate.counter.title')} isOpen onOpenChange={onClose}>
      {view.line === 'down' ? (
        <p className={css.note}>{t('mobile.gate.counter.offline')}</p>
      ) : (
        <>
          <Segmented
            label={t('mobile.gate.counter.title')}
            isLabelHidden
            options={[
              { value: 'look', label: t('mobile.gate.counter.look') },
              { value: 'take', label: t('mobile.gate.counter.take') },
            ]}
            value={doing}
            onChange={setDoing}
          />
          {doing === 'look' ? <LookUp scopeId={scopeId} /> : <TakeIn scopeId={scopeId} />}
        </>
      )}
    </Sheet>
  );
}

interface Found {
  readonly code: string;
  readonly parcels: readonly Parcel[];
  readonly slips: readonly GoodsSlip[];
}

/** One code is one matter: a parcel that waits, or a slip for what goes out. Nobody has to know which beforehand. */
function LookUp({ scopeId }: { scopeId: string }) {
  const words = useWords();
  const { t } = words;
  const [code, setCode] = useState('');
  const [hasCameraOn, setCamera] = useState(false);
  const look = useMutation({
    mutationFn: async (digits: string): Promise<Found> => {
      const [parcels, slips] = await Promise.all([
        counterApi.parcels(scopeId, digits),
        counterApi.slips(scopeId, digits),
      ]);
      return { code: digits, parcels: parcels.items, slips: slips.items };
    },
  });
  const ask = (typed: string): void => {
    const digits = typed.replaceAll(/\D/g, '').slice(0, DIGITS);
    setCode(digits);
    look.reset();
    if (digits.length === DIGITS) look.mutate(digits);
  };
  const done = (): void => {
    setCode('');
    look.reset();
  };
  const { data } = look;
  return (
    <>
      {hasCameraOn && (
        <Camera
          onCode={(text) => {
            if (/^\d{6}$/.test(text.trim())) ask(text);
          }}
        />
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask(code);
        }}
      >
        <TextField
          label={t('mobile.gate.counter.code')}
          description={t('mobile.gate.counter.codeText')}
          value={code}
          onChange={ask}
          inputMode="numeric"
          autoComplete="off"
          error={look.error === null ? undefined : problemSentence(words, look.error)}
        />
        <div className={css.grid}>
          <Button
            type="submit"
            size="large"
            icon={SearchIcon}
            isBusy={look.isPending}
            isDisabled={code.length !== DIGITS}
          >
            {t('mobile.gate.counter.find')}
          </Button>
          {hasCamera() && (
            <Button
              size="large"
              icon={hasCameraOn ? CameraOff : CameraIcon}
              onPress={() => {
                setCamera(!hasCameraOn);
              }}
            >
              {t(hasCameraOn ? 'mobile.gate.camera.close' : 'mobile.gate.camera.open')}
            </Button>
          )}
        </div>
      </form>
      {data !== undefined && data.parcels.length + data.slips.length === 0 && (
        <p role="status" className={css.note}>
          {t('mobile.gate.counter.none')}
        </p>
      )}
      {data?.parcels.map((parcel) => (
        <OneParcel key={parcel.id} parcel={parcel} code={data.code} onDone={done} />
      ))}
      {data?.slips.map((slip) => (
        <OneSlip key={slip.id} slip={slip} onDone={done} />
      ))}
    </>
  );
}

function OneParcel({ parcel, code, onDone }: { parcel: Parcel; code: string; onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  const [key] = useState(newKey);
  const hand = useMutation({
    mutationFn: () => counterApi.hand(parcel, code, key),
    onSuccess: () => {
      notify(t('mobile.gate.counter.handed'), { tone: 'done' });
      onDone();
    },
  });
  return (
    <Card label={parcel.householdLabel}>
      <p className={css.detail}>{t('mobile.gate.counter.onShelf', { shelf: parcel.shelf })}</p>
      <p>{parcel.householdLabel}</p>
      <p className={css.quiet}>
        {parcel.tail === null
          ? parcel.carrier
          : t('pass.parcels.one', { carrier: parcel.carrier, tail: parcel.tail })}
      </p>
      {hand.error !== null && (
        <p role="alert" className={css.denied}>
          {problemSentence(words, hand.error)}
        </p>
      )}
      <Button
        variant="primary"
        size="large"
        isWide
        icon={PackageCheck}
        isBusy={hand.isPending}
        onPress={() => {
          hand.mutate();
        }}
      >
        {t('mobile.gate.counter.hand')}
      </Button>
    </Card>
  );
}

function OneSlip({ slip, onDone }: { slip: GoodsSlip; onDone: () => void }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const [note, setNote] = useState<string | null>(null);
  const [intent] = useState(() => new Intent<string | null>());
  const check = useMutation({
    mutationFn: (why: string | null) =>
      intent.send(
        why,
        () => why,
        (same, key) => counterApi.check(slip, same, key),
      ),
    onSuccess: (_, why) => {
      notify(t(why === null ? 'mobile.gate.counter.passed' : 'mobile.gate.counter.held'), {
        tone: why === null ? 'done' : 'due',
      });
      onDone();
    },
  });
  return (
    <Card label={slip.householdLabel}>
      <ul className={css.list}>
        {slip.items.map((item) => (
          <li key={item.what} className={css.detail}>
            {t('pass.goods.item', { what: item.what, count: item.count })}
          </li>
        ))}
      </ul>
      <p>{slip.householdLabel}</p>
      <p className={css.quiet}>
        {[formatSpan(locale, slip.validFrom, slip.validTo, now), slip.carriedBy, slip.plate]
          .filter((word) => word !== null)
          .join(' · ')}
      </p>
      {slip.checkNote !== null && (
        <p className={css.denied}>{t('pass.goods.note', { note: slip.checkNote })}</p>
      )}
      {note !== null && (
        <TextField
          label={t('mobile.gate.counter.why')}
          rows={2}
          maxLength={200}
          value={note}
          onChange={setNote}
        />
      )}
      {check.error !== null && (
        <p role="alert" className={css.denied}>
          {problemSentence(words, check.error)}
        </p>
      )}
      <div className={css.grid}>
        <Button
          size="large"
          isBusy={check.isPending && note !== null}
          isDisabled={note !== null && note.trim() === ''}
          onPress={() => {
            if (note === null) setNote('');
            else check.mutate(note.trim());
          }}
        >
          {t('mobile.gate.counter.hold')}
        </Button>
        {note === null && (
          <Button
            variant="primary"
            size="large"
            isBusy={check.isPending}
            onPress={() => {
              check.mutate(null);
            }}
          >
            {t('mobile.gate.counter.pass')}
          </Button>
        )}
      </div>
    </Card>
  );
}

const nothing = { home: '', carrier: '', tail: '', shelf: '' };

/** The home as it stands on the parcel; its people are told shelf and code. What is typed stays until it has arrived. */
function TakeIn({ scopeId }: { scopeId: string }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const [intent] = useState(() => new Intent<typeof nothing>());
  const draft = useDraft(`${me.account.id}:parcel:${scopeId}`, me.account.id, () => nothing);
  const { value } = draft;
  const take = useMutation({
    mutationFn: () =>
      intent.send(
        value,
        () => value,
        (same, key) => counterApi.takeIn(scopeId, same, key),
      ),
    onSuccess: (parcel) => {
      // The next one is mostly of the same carrier, for the same shelf.
      draft.change({ home: '', tail: '' });
      notify(t('mobile.gate.counter.taken', { home: parcel.householdLabel }), { tone: 'done' });
    },
  });
  const lacks = take.error === null ? {} : fieldSentences(words, take.error);
  const isReady = [value.home, value.carrier, value.shelf].every((typed) => typed.trim() !== '');
  const field = (name: keyof typeof nothing, maxLength: number, more: object = {}) => (
    <TextField
      label={t(`mobile.gate.counter.${name}`)}
      maxLength={maxLength}
      value={value[name]}
      isDisabled={!draft.isReady}
      autoComplete="off"
      error={lacks[name]}
      onChange={(typed) => {
        draft.change({ [name]: typed });
      }}
      {...more}
    />
  );
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) take.mutate();
      }}
    >
      {field('home', 40, { description: t('mobile.gate.search.placeText') })}
      {field('carrier', 20)}
      {field('tail', 8, { description: t('mobile.gate.counter.tailText') })}
      {field('shelf', 20)}
      {take.error !== null && Object.keys(lacks).length === 0 && (
        <p role="alert" className={css.denied}>
          {problemSentence(words, take.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        size="large"
        isWide
        isBusy={take.isPending}
        isDisabled={!isReady}
      >
        {t('mobile.gate.counter.take')}
      </Button>
    </form>
  );
}

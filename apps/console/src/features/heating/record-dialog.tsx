import { Button, Checkbox, Dialog, notify, type Signature, SignaturePad, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { instantOf, wallOf } from '../hotline/words.ts';
import { heatingApi, heatingKeys } from './api.ts';
import css from './css.ts';

const CELSIUS = /^-?\d{1,2}(?:\.\d)?$/;
const empty = { room: '', celsius: '' };

/** How warm it is in a home, with both names under it; at the door, on a tablet, or typed from paper. */
export function RecordDialog({
  scopeId: given,
  onClose,
}: {
  scopeId: string | undefined;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [scopeId, setScopeId] = useState(given ?? '');
  const [words, setWords] = useState('');
  const [householdId, setHouseholdId] = useState('');
  const [at, setAt] = useState(() => wallOf(Date.now()));
  const [rooms, setRooms] = useState([{ room: t('heating.form.room.default'), celsius: '' }, empty]);
  const [note, setNote] = useState('');
  const [staff, setStaff] = useState<Signature | null>(null);
  const [resident, setResident] = useState<Signature | null>(null);
  const [isUnsigned, setUnsigned] = useState(false);
  const [why, setWhy] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [key, setKey] = useState(newKey);

  const measured = rooms.filter(({ room, celsius }) => room.trim() !== '' && celsius.trim() !== '');
  const areRight = measured.length > 0 && measured.every(({ celsius }) => CELSIUS.test(celsius.trim()));
  const measuredAt = instantOf(at);
  const wrong = {
    home: householdId === '' ? t('heating.need.home') : undefined,
    rooms: areRight ? undefined : t('heating.need.rooms'),
    at: measuredAt === null ? t('hotline.need') : undefined,
    staff: staff === null ? t('heating.need.sign') : undefined,
    resident: !isUnsigned && resident === null ? t('heating.need.sign') : undefined,
    why: isUnsigned && why.trim() === '' ? t('heating.need.why') : undefined,
  };
  const said = (text: string | undefined) => (isTried ? text : undefined);
  const statement = t('heating.form.statement', {
    rooms: measured
      .map(({ room, celsius }) => `${room.trim()} ${celsius.trim()}°C`)
      .join(t('common.listSeparator')),
  });
  const sealed = async (signature: Signature) =>
    signature.how === 'drawn'
      ? { how: 'drawn' as const, fileId: (await api.upload(scopeId, signature.image, newKey())).id }
      : { how: 'spoken' as const, name: signature.name };

  const save = async (): Promise<void> => {
    setTried(true);
    if (
      isBusy ||
      measuredAt === null ||
      staff === null ||
      Object.values(wrong).some((one) => one !== undefined)
    )
      return;
    setBusy(true);
    setError(null);
    try {
      await heatingApi.record(
        {
          scopeId,
          householdId,
          measuredAt,
          rooms: measured.map(({ room, celsius }) => ({ room: room.trim(), celsius: Number(celsius) })),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          staffSignature: await sealed(staff),
          ...(isUnsigned || resident === null
            ? { unsignedReason: why.trim() }
            : { residentSignature: await sealed(resident) }),
        },
        key,
      );
      void queryClient.invalidateQueries({ queryKey: heatingKeys.all });
      notify(t('heating.form.saved'));
      onClose();
    } catch (problem) {
      setKey(newKey());
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('heating.record')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isBusy={isBusy} onPress={() => void save()}>
            {t('heating.form.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {given === undefined && (
          <ScopePicker
            label={t('heating.column.scope')}
            value={scopeId === '' ? undefined : scopeId}
            onChange={(next) => {
              setScopeId(next ?? '');
              setHouseholdId('');
            }}
          />
        )}
        {scopeId !== '' && (
          <HouseholdPicker
            scopeId={scopeId}
            words={words}
            onWords={setWords}
            value={householdId}
            onChange={setHouseholdId}
            error={said(wrong.home)}
          />
        )}
        <TextField
          label={t('heating.form.at')}
          type="datetime-local"
          value={at}
          onChange={setAt}
          error={said(wrong.at)}
        />
        <fieldset className={css.rooms}>
          <legend>{t('heating.form.rooms')}</legend>
          {rooms.map((one, index) => {
            const change = (part: Partial<typeof one>): void =>
              setRooms(rooms.map((other, at) => (at === index ? { ...other, ...part } : other)));
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rooms are only ever added at the end
              <div key={index} className={css.two}>
                <TextField
                  label={t('heating.form.room')}
                  maxLength={20}
                  value={one.room}
                  onChange={(room) => change({ room })}
                />
                <TextField
                  label={t('heating.form.celsius')}
                  inputMode="decimal"
                  maxLength={5}
                  value={one.celsius}
                  onChange={(celsius) => change({ celsius })}
                  error={index === 0 ? said(wrong.rooms) : undefined}
                />
              </div>
            );
          })}
          {rooms.length < 8 && (
            <Button size="small" variant="quiet" onPress={() => setRooms([...rooms, empty])}>
              {t('heating.form.addRoom')}
            </Button>
          )}
        </fieldset>
        <TextField
          label={t('console.optional', { label: t('heating.form.note') })}
          maxLength={500}
          value={note}
          onChange={setNote}
        />
        <SignaturePad
          label={t('heating.form.staff')}
          {...(areRight ? { description: statement } : {})}
          onChange={setStaff}
          error={said(wrong.staff)}
        />
        <Checkbox isSelected={isUnsigned} onChange={setUnsigned}>
          {t('heating.form.unsigned')}
        </Checkbox>
        {isUnsigned ? (
          <TextField
            label={t('heating.form.why')}
            maxLength={200}
            value={why}
            onChange={setWhy}
            error={said(wrong.why)}
          />
        ) : (
          <SignaturePad
            label={t('heating.form.resident')}
            {...(areRight ? { description: statement } : {})}
            onChange={setResident}
            error={said(wrong.resident)}
          />
        )}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

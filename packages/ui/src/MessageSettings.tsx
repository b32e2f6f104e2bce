import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from './Button.tsx';
import { Checkbox } from './Choice.tsx';
import { TextField } from './Field.tsx';
import css from './MessageSettings.module.css';

export type MessageChannel = 'sms' | 'wechat' | 'work_chat' | 'mail';

export interface MessageWish {
  /** In the order they are tried. */
  channels: MessageChannel[];
  isNewsWanted: boolean;
  /** Minutes of the day; equal: no quiet hours. */
  quietFrom: number;
  quietTo: number;
}

export interface MessageSettingsData extends MessageWish {
  available: {
    channel: MessageChannel;
    /** Masked. */
    address: string | null;
    isConfirmed: boolean;
    needsAddress: boolean;
    /** Nothing to type: a link from there leads here. */
    isByLink: boolean;
  }[];
}

/** The app's own table, for the keys `messages.*` and `channels.*`. */
type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface MessageSettingsProps {
  settings: MessageSettingsData;
  say: Say;
  /** The sentence for what the server refused. */
  sentenceOf: (error: unknown) => string;
  onSave: (wish: MessageWish) => Promise<unknown>;
  /** Answers with the masked address the code went to. */
  onEnter: (channel: MessageChannel, address: string) => Promise<string>;
  onConfirm: (channel: MessageChannel, code: string) => Promise<unknown>;
  onForget: (channel: MessageChannel) => Promise<unknown>;
}

const NIGHT = { quietFrom: 22 * 60, quietTo: 7 * 60 };

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function minuteOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(clock);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** By which ways, in which order and at which hours somebody is told things; for both apps. */
export function MessageSettings(props: MessageSettingsProps) {
  const { settings, say, sentenceOf, onSave } = props;
  const [wish, setWish] = useState<MessageWish>(() => ({
    channels: settings.channels,
    isNewsWanted: settings.isNewsWanted,
    quietFrom: settings.quietFrom,
    quietTo: settings.quietTo,
  }));
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<MessageWish>): void => {
    setState('idle');
    setFault(null);
    setWish({ ...wish, ...part });
  };
  if (settings.available.length === 0) return <p className={css.quiet}>{say('messages.none')}</p>;

  // Those wished for first, in their order; the others below, ready to be switched on.
  const rank = (channel: MessageChannel): number => {
    const at = wish.channels.indexOf(channel);
    return at < 0 ? wish.channels.length : at;
  };
  const rows = settings.available.toSorted((a, b) => rank(a.channel) - rank(b.channel));
  const move = (channel: MessageChannel, by: -1 | 1): void => {
    const channels = [...wish.channels];
    const at = channels.indexOf(channel);
    const other = channels[at + by];
    if (other === undefined) return;
    channels[at + by] = channel;
    channels[at] = other;
    change({ channels });
  };
  const save = async (): Promise<void> => {
    setState('busy');
    try {
      await onSave(wish);
      setState('saved');
    } catch (error) {
      setFault(sentenceOf(error));
      setState('idle');
    }
  };
  const isQuiet = wish.quietFrom !== wish.quietTo;
  return (
    <div className={css.form}>
      <ol className={css.channels} aria-label={say('messages.order')}>
        {rows.map((one) => {
          const name = say(`channels.${one.channel}`);
          const at = wish.channels.indexOf(one.channel);
          return (
            <li key={one.channel} className={css.channel}>
              <div className={css.head}>
                <Checkbox
                  isSelected={at >= 0}
                  onChange={(isOn) => {
                    change({
                      channels: isOn
                        ? [...wish.channels, one.channel]
                        : wish.channels.filter((other) => other !== one.channel),
                    });
                  }}
                >
                  {say('messages.on', { channel: name })}
                </Checkbox>
                {at >= 0 && wish.channels.length > 1 && (
                  <span className={css.moves}>
                    <IconButton
                      icon={ArrowUp}
                      label={say('messages.earlier', { channel: name })}
                      isDisabled={at === 0}
                      onPress={() => {
                        move(one.channel, -1);
                      }}
                    />
                    <IconButton
                      icon={ArrowDown}
                      label={say('messages.later', { channel: name })}
                      isDisabled={at === wish.channels.length - 1}
                      onPress={() => {
                        move(one.channel, 1);
                      }}
                    />
                  </span>
                )}
              </div>
              {one.needsAddress ? (
                <Address
                  {...props}
                  channel={one.channel}
                  address={one.address}
                  isConfirmed={one.isConfirmed}
                  isByLink={one.isByLink}
                />
              ) : (
                <p className={css.quiet}>{say('messages.phone')}</p>
              )}
            </li>
          );
        })}
      </ol>
      <div>
        <Checkbox isSelected={wish.isNewsWanted} onChange={(isNewsWanted) => change({ isNewsWanted })}>
          {say('messages.news')}
        </Checkbox>
        <p className={css.quiet}>{say('messages.newsHint')}</p>
      </div>
      <div>
        <Checkbox
          isSelected={isQuiet}
          onChange={(isOn) => change(isOn ? NIGHT : { quietFrom: 0, quietTo: 0 })}
        >
          {say('messages.quiet')}
        </Checkbox>
        <p className={css.quiet}>{say('messages.quietHint')}</p>
        {isQuiet && (
          <div className={css.hours}>
            {(['quietFrom', 'quietTo'] as const).map((end) => (
              <TextField
                key={end}
                type="time"
                label={say(`messages.${end}`)}
                value={clockOf(wish[end])}
                onChange={(text) => {
                  const minute = minuteOf(text);
                  if (minute !== null) change({ [end]: minute });
                }}
              />
            ))}
          </div>
        )}
      </div>
      <div className={css.end}>
        <Button variant="primary" isBusy={state === 'busy'} onPress={() => void save()}>
          {say('messages.save')}
        </Button>
        <p role="status" className={fault === null ? css.quiet : css.fault}>
          {fault ?? (state === 'saved' ? say('messages.saved') : '')}
        </p>
      </div>
    </div>
  );
}

/** An address counts once the code that went there has come back. */
function Address({
  channel,
  address,
  isConfirmed,
  isByLink,
  say,
  sentenceOf,
  onEnter,
  onConfirm,
  onForget,
}: MessageSettingsProps & {
  channel: MessageChannel;
  address: string | null;
  isConfirmed: boolean;
  isByLink: boolean;
}) {
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [faults, setFaults] = useState<{ address?: string; code?: string }>({});
  const [isBusy, setBusy] = useState(false);
  const attempt = async (field: 'address' | 'code', act: () => Promise<unknown>): Promise<void> => {
    setFaults({});
    setBusy(true);
    try {
      await act();
    } catch (error) {
      setFaults({ [field]: sentenceOf(error) });
    } finally {
      setBusy(false);
    }
  };
  if (isConfirmed && address !== null)
    return (
      <div className={css.known}>
        <p className={css.quiet}>{say('messages.confirmed', { address })}</p>
        <Button size="small" isBusy={isBusy} onPress={() => void attempt('address', () => onForget(channel))}>
          {say('messages.forget')}
        </Button>
      </div>
    );
  if (isByLink) return <p className={css.quiet}>{say(`messages.byLink.${channel}`)}</p>;
  return (
    <div className={css.address}>
      <TextField
        label={say(`messages.address.${channel}`)}
        type={channel === 'mail' ? 'email' : 'text'}
        autoComplete={channel === 'mail' ? 'email' : 'off'}
        value={typed}
        onChange={setTyped}
        error={faults.address}
        description={address === null ? say('messages.noAddress') : say('messages.unconfirmed', { address })}
        after={
          <Button
            isBusy={isBusy}
            isDisabled={typed.trim() === ''}
            onPress={() =>
              void attempt('address', async () => {
                setSentTo(await onEnter(channel, typed.trim()));
              })
            }
          >
            {say('messages.sendCode')}
          </Button>
        }
      />
      {(sentTo !== null || address !== null) && (
        <TextField
          label={say('messages.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={setCode}
          error={faults.code}
          description={sentTo === null ? undefined : say('messages.sent', { address: sentTo })}
          after={
            <Button
              variant="primary"
              isBusy={isBusy}
              isDisabled={!/^\d{6}$/.test(code)}
              onPress={() => void attempt('code', () => onConfirm(channel, code))}
            >
              {say('messages.confirm')}
            </Button>
          }
        />
      )}
    </div>
  );
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatDated, formatSpan, formatWhen } from '@gongzhi/i18n/when.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { type Invitation, PASSAGE, passageApi } from './api.ts';
import css from './passage.module.css';
import { Digits, Qr } from './Qr.tsx';
import { visitLink } from './visit-link.ts';

/** The code as the guest will show it, to be sent or read out; and the way to take it back. */
export function InvitedSheet({
  invitation: { pass, code, digits },
  scopeName,
  timeZone,
  onClose,
}: {
  invitation: Invitation;
  scopeName: string;
  timeZone: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { t, locale } = words;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const now = useNow();
  const revoke = useMutation({
    mutationFn: () => passageApi.revoke(pass.scopeId, pass.id, newKey()),
    onSuccess: () => {
      notify(t('pass.invited.revoked'), { tone: 'done' });
      void client.invalidateQueries({ queryKey: [PASSAGE] });
      onClose();
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const send = async (): Promise<void> => {
    const link = visitLink(window.location.origin, {
      code: code ?? '',
      digits: digits ?? '',
      place: scopeName,
      from: pass.validFrom,
      until: pass.validTo,
    });
    const text = t('pass.invited.message', {
      place: scopeName,
      home: pass.householdLabel ?? '',
      from: formatDated(locale, pass.validFrom, now, timeZone),
      to: pass.validTo === null ? '' : formatDated(locale, pass.validTo, now, timeZone),
      digits: digits ?? '',
      link,
    });
    if (navigator.share !== undefined)
      try {
        await navigator.share({ text });
        return;
      } catch (error) {
        // Thought better of it; anything else is copied instead.
        if ((error as Error).name === 'AbortError') return;
      }
    try {
      await navigator.clipboard.writeText(text);
      notify(t('pass.invited.copied'), { tone: 'done' });
    } catch {
      notify(t('pass.invited.cannot'), { tone: 'due', isLasting: true });
    }
  };
  const holds = code !== null && digits !== null;
  return (
    <Sheet
      title={t('pass.invited.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        holds && (
          <>
            <Button
              variant={isAsking ? 'danger' : 'quiet'}
              isBusy={revoke.isPending}
              onPress={() => {
                if (isAsking) revoke.mutate();
                else setAsking(true);
              }}
            >
              {t('pass.invited.revoke')}
            </Button>
            <Button
              variant="primary"
              icon={Share2}
              onPress={() => {
                void send();
              }}
            >
              {t('pass.invited.share')}
            </Button>
          </>
        )
      }
    >
      <div className={css.code}>
        <p className={css.who}>{[pass.name, pass.plate].filter((word) => word !== null).join(' · ')}</p>
        <p className={css.quiet}>
          {pass.validTo === null
            ? formatWhen(locale, pass.validFrom, now, timeZone)
            : formatSpan(locale, pass.validFrom, pass.validTo, now, timeZone)}
          {pass.entriesAllowed !== null &&
            ` · ${t('pass.visitors.entries', { allowed: pass.entriesAllowed, used: pass.entriesUsed })}`}
        </p>
        {holds ? (
          <>
            <div className={css.sheet} data-code={code}>
              <Qr text={code} label={t('pass.invited.title')} />
            </div>
            <p className={css.quiet}>{t('pass.invited.digits')}</p>
            <Digits value={digits} label={t('pass.invited.digits')} />
          </>
        ) : (
          <p className={css.quiet}>{t(`pass.state.${pass.state}`)}</p>
        )}
        {isAsking && (
          <p className={css.error} role="alert">
            {t('pass.invited.revokeText')}
          </p>
        )}
      </div>
    </Sheet>
  );
}

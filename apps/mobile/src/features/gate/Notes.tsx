import { formatDuration, formatWhen } from '@gongzhi/i18n/mobile-app.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { CloudOff, Clock, HardDrive, ListX, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { CLOCK_TOLERANCE_MS } from './gate-clock.ts';
import css from './gate.module.css';
import type { GatePost } from './post.ts';
import type { PostView } from './post-types.ts';

function Note({ icon, tone, children }: { icon: LucideIcon; tone?: 'late'; children: ReactNode }) {
  return (
    <div className={css.note} data-tone={tone}>
      <Icon of={icon} />
      <div>{children}</div>
    </div>
  );
}

/** What the guard has to know of the post itself; nothing of it stands in the way of the next person. */
export function PostNotes({ view, now }: { view: PostView; now: number }) {
  const { t, locale } = useWords();
  const { line, list, storage, skewMs, isClockBack, isListAltered, refused, elsewhere } = view;
  const span = formatDuration(locale, Math.abs(skewMs));
  return (
    <div className={css.notes} aria-live="polite">
      {line === 'down' && <Note icon={CloudOff}>{t('mobile.gate.line.downText')}</Note>}
      {list === null && (
        <Note icon={ListX} tone="late">
          {t('mobile.gate.list.none')}
        </Note>
      )}
      {list !== null && now >= list.expiresAt && (
        <Note icon={ListX} tone="late">
          {t('mobile.gate.list.expired')}
        </Note>
      )}
      {isListAltered && (
        <Note icon={ListX} tone="late">
          {t('mobile.gate.list.refused')}
        </Note>
      )}
      {storage !== 'kept' && (
        <Note icon={HardDrive} tone="late">
          {t(`mobile.gate.storage.${storage}`)}
        </Note>
      )}
      {isClockBack ? (
        <Note icon={Clock} tone="late">
          {t('mobile.gate.clock.back')}
        </Note>
      ) : (
        Math.abs(skewMs) > CLOCK_TOLERANCE_MS && (
          <Note icon={Clock}>
            {t(skewMs < 0 ? 'mobile.gate.clock.fast' : 'mobile.gate.clock.slow', { span })}
          </Note>
        )
      )}
      {elsewhere > 0 && (
        <Note icon={TriangleAlert} tone="late">
          {t('mobile.gate.elsewhere', { count: elsewhere })}
        </Note>
      )}
      {refused.length > 0 && (
        <Note icon={TriangleAlert} tone="late">
          {t('mobile.gate.refusedUploads', { count: refused.length })}
        </Note>
      )}
    </div>
  );
}

/** What only the line brought to light. */
export function Flags({ post, view, now }: { post: GatePost; view: PostView; now: number }) {
  const { t, tKey, locale } = useWords();
  if (view.flags.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="flags">
      <h2 id="flags" className={css.heading}>
        {t('mobile.gate.flags.title', { count: view.flags.length })}
      </h2>
      <p className={css.quiet}>{t('mobile.gate.flags.text')}</p>
      <ul className={css.list}>
        {view.flags.map(({ id, kind, decidedAt }) => (
          <li key={id} className={css.note}>
            <Icon of={TriangleAlert} />
            <div className={css.section}>
              <span>
                {tKey(
                  `mobile.gate.flag.${kind}`,
                  { when: formatWhen(locale, new Date(decidedAt), new Date(now)) },
                  'mobile.gate.flags.text',
                )}
              </span>
              <Button
                onPress={() => {
                  void post.seen(id);
                }}
              >
                {t('mobile.gate.flags.seen')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

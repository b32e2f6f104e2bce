import { Card } from '@gongzhi/ui/Card.tsx';
import { EmptyState } from '@gongzhi/ui/States.tsx';
import { formatSpan, formatWhen } from '@gongzhi/i18n/when.ts';
import { QrCode } from 'lucide-react';
import { useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { useWords } from '../app/words.ts';
import css from '../features/passage/passage.module.css';
import { Digits, Qr } from '../features/passage/Qr.tsx';
import { readVisitLink } from '../features/passage/visit-link.ts';

/** What a guest opens: made of the link alone, so that it works at a gate without a network. */
export default function VisitPage() {
  const { t, locale } = useWords();
  const [visit] = useState(() => readVisitLink(window.location.hash));
  const [now] = useState(() => Date.now());
  return (
    <>
      <PageHead title={t('pass.visit.title')} />
      {visit === null ? (
        <EmptyState icon={QrCode} title={t('pass.visit.none')} text={t('pass.visit.noneText')} />
      ) : (
        <Card label={t('pass.visit.title')} className={css.code ?? ''}>
          <p className={css.who}>{visit.place}</p>
          <p>
            {visit.until === null
              ? formatWhen(locale, visit.from, now)
              : formatSpan(locale, visit.from, visit.until, now)}
          </p>
          {/* The gate decides by its own clock, so the code stays. */}
          {visit.until !== null && Date.parse(visit.until) < now && (
            <p className={css.error} role="status">
              {t('pass.visit.over')}
            </p>
          )}
          <div className={css.sheet} data-code={visit.code}>
            <Qr text={visit.code} label={t('pass.visit.title')} />
          </div>
          <p className={css.quiet}>{t('pass.invited.digits')}</p>
          <Digits value={visit.digits} label={t('pass.invited.digits')} />
          <p className={css.quiet}>{t('pass.visit.text')}</p>
        </Card>
      )}
    </>
  );
}

import { Card } from '@gongzhi/ui/Card.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import { OrderPhotos } from '../work-orders/OrderPhotos.tsx';
import css from './accounts.module.css';
import type { Paper, Section } from './api.ts';
import { periodWords, yuan } from './yuan.ts';

/** One published account: what is left, what came in and went out, every line with its papers. */
export function PaperView({ paper }: { paper: Paper }) {
  const { t, locale } = useWords();
  const now = useNow();
  const { figures } = paper;
  const period = periodWords(t, paper);
  return (
    <>
      <Card label={period}>
        <h2 className={css.heading}>{period}</h2>
        {paper.version < paper.latestVersion && <StatusChip tone="due" word={t('accounts.older')} />}
        {paper.reason !== null && <p>{t('accounts.corrected', { reason: paper.reason })}</p>}
        {paper.note !== null && <p className={css.note}>{paper.note}</p>}
        <p className={css.quiet}>
          {t('accounts.published', {
            company: paper.companyName ?? t('accounts.selfManaged'),
            when: formatWhen(locale, paper.publishedAt, now),
          })}
        </p>
      </Card>
      <Pot
        title={t('accounts.common')}
        paper={paper}
        opening={figures.opening.commonFen}
        closing={figures.closing.commonFen}
        sections={['common_income', 'common_expense']}
      />
      <Pot
        title={t('accounts.fund')}
        paper={paper}
        opening={figures.opening.fundFen}
        closing={figures.closing.fundFen}
        sections={['fund_in', 'fund_out']}
      />
      <Card label={t('accounts.versions')}>
        {paper.versions.length > 1 && (
          <ul className={css.versions}>
            {paper.versions.map((version) => (
              <li key={version.id}>
                {version.id === paper.id ? (
                  <strong>{t('accounts.version', { version: version.version })}</strong>
                ) : (
                  <Link to={url.paper({ scopeId: paper.scopeId, id: version.id })} className={css.link}>
                    {t('accounts.version', { version: version.version })}
                  </Link>
                )}{' '}
                <span className={css.quiet}>
                  {formatWhen(locale, version.publishedAt, now)} {version.reason}
                </span>
              </li>
            ))}
          </ul>
        )}
        {paper.head !== null && (
          <p className={css.quiet}>
            {t('accounts.seal', { block: paper.blockNo, head: paper.head.slice(0, 12) })}
          </p>
        )}
        <p className={css.quiet}>{t('accounts.law')}</p>
      </Card>
    </>
  );
}

/** The income from common parts, or the fund: what is left, and two bars that say why. */
function Pot({
  title,
  paper,
  opening,
  closing,
  sections,
}: {
  title: string;
  paper: Paper;
  opening: number;
  closing: number;
  sections: readonly [Section, Section];
}) {
  const { t } = useWords();
  const { sums, lines } = paper.figures;
  const most = Math.max(opening, ...sections.map((section) => sums[section]), closing, 1);
  return (
    <Card label={title}>
      <h2 className={css.heading}>{title}</h2>
      <p className={css.left}>{t('accounts.left', { amount: yuan(closing) })}</p>
      <dl className={css.bars}>
        <Bar word={t('accounts.opening')} fen={opening} most={most} />
        <Bar word={t(`accounts.section.${sections[0]}`)} fen={sums[sections[0]]} most={most} sign="+" />
        <Bar word={t(`accounts.section.${sections[1]}`)} fen={sums[sections[1]]} most={most} sign="−" />
        <Bar word={t('accounts.closing')} fen={closing} most={most} />
      </dl>
      {sections.map((section) => {
        const own = lines.filter((line) => line.section === section);
        return own.length === 0 ? null : (
          <section key={section} className={css.part}>
            <h3 className={css.heading}>{t(`accounts.section.${section}`)}</h3>
            <ul className={css.lines}>
              {own.map((line) => (
                <li key={line.entryId} className={css.line}>
                  <span className={css.item}>
                    <span>{line.item}</span>
                    <span className={css.amount}>{yuan(line.amountFen)}</span>
                  </span>
                  <Track share={line.amountFen / Math.max(sums[section], 1)} />
                  <span className={css.quiet}>
                    {line.occurredOn} {line.note}
                  </span>
                  {line.fileIds.length === 0 ? (
                    <span className={css.quiet}>{t('accounts.noPapers')}</span>
                  ) : (
                    <OrderPhotos
                      photos={line.fileIds.map((id) => ({ id }))}
                      scopeId={paper.scopeId}
                      label={line.item}
                    />
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Card>
  );
}

function Bar({ word, fen, most, sign = '' }: { word: string; fen: number; most: number; sign?: string }) {
  return (
    <div className={css.bar}>
      <dt>{word}</dt>
      <dd className={css.amount}>
        {sign}
        {yuan(fen)}
      </dd>
      <dd className={css.picture}>
        <Track share={fen / most} isStrong={sign === ''} />
      </dd>
    </div>
  );
}

/** A share of a whole; beside it the amount says the same. */
function Track({ share, isStrong = false }: { share: number; isStrong?: boolean }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg className={css.track} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
      <rect className={css.ground} x={0} y={0} width={100} height={4} />
      <rect className={isStrong ? css.strong : css.share} x={0} y={0} width={width} height={4} />
    </svg>
  );
}

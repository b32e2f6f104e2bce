import { localDate } from '@gongzhi/kernel';
import { Button, ErrorState, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { toneOf } from '../features/orders/status.ts';
import { type ProjectDetail, preventionApi, preventionKeys } from '../features/prevention/api.ts';
import { Ask, type Asked } from '../features/prevention/ask.tsx';
import { EffectPart } from '../features/prevention/effect.tsx';
import css from '../features/prevention/prevention.module.css';
import { WeekBars } from '../features/prevention/week-bars.tsx';
import { reasonWords, subjectWords, tones } from '../features/prevention/words.ts';

const day = (at: string): string => localDate(Date.parse(at));
/** Of the whole project; those of a step stand beside the step. */
const ownActions = ['accept', 'decline', 'finish', 'take_up_again'] as const;

/** One cause: why it is looked for, what is done about it, whether it helped. */
export default function PreventionProjectPage() {
  const text = useText();
  const { t } = text;
  const { scopeId, projectId } = useParams({ from: '/shell/prevention/$scopeId/$projectId' });
  const project = useQuery({
    queryKey: preventionKeys.project(projectId),
    queryFn: () => preventionApi.project(scopeId, projectId),
  });
  useTitle(project.data === undefined ? t('prevention.title') : subjectWords(project.data, text));
  useLive((message) => {
    if (message.type === 'change' && message.change.id === projectId)
      void queryClient.invalidateQueries({ queryKey: preventionKeys.project(projectId) });
  });
  return (
    <div className={css.page}>
      <Link {...url.prevention()} className={css.meta ?? ''}>
        {t('prevention.back')}
      </Link>
      {project.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {project.isError && (
        <ErrorState text={problemText(project.error, text)} onRetry={() => void project.refetch()} />
      )}
      {project.isSuccess && <Detail project={project.data} />}
    </div>
  );
}

function Detail({ project }: { project: ProjectDetail }) {
  const text = useText();
  const { t } = text;
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <header className={css.head}>
        <h1 className={css.title}>{subjectWords(project, text)}</h1>
        <StatusChip tone={tones[project.state]} word={t(`prevention.states.${project.state}`)} />
        <span className={css.meta}>{project.scopeName}</span>
      </header>
      <div className={css.line}>
        {ownActions
          .filter((action) => project.actions.includes(action))
          .map((action) => (
            <Button
              key={action}
              variant={action === 'accept' || action === 'finish' ? 'primary' : 'secondary'}
              onPress={() => {
                setAsked({ action });
              }}
            >
              {t(`prevention.actions.${action}`)}
            </Button>
          ))}
      </div>
      <div className={css.columns}>
        <div className={css.part}>
          <Why project={project} />
          <Steps project={project} onAsk={setAsked} />
          <Orders project={project} />
        </div>
        <div className={css.part}>
          <EffectPart project={project} />
          <Story project={project} />
        </div>
      </div>
      {asked !== null && (
        <Ask
          project={project}
          asked={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

function Why({ project }: { project: ProjectDetail }) {
  const text = useText();
  const { t } = text;
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{t('prevention.why')}</h2>
      <div className={css.line}>
        <WeekBars weeks={project.weeks} />
        <ul className={css.reasons}>
          {project.reasons.map((reason) => (
            <li key={reason.code}>{reasonWords(reason, text)}</li>
          ))}
        </ul>
      </div>
      {project.cause !== null && (
        <p>
          <span className={css.meta}>{t('prevention.cause')}</span> {project.cause}
        </p>
      )}
      {project.declineReason !== null && (
        <p>
          <span className={css.meta}>{t('prevention.reason')}</span> {project.declineReason}
        </p>
      )}
      {project.decidedByName !== null && project.decidedAt !== null && (
        <p className={css.meta}>
          {t('prevention.decided', { name: project.decidedByName, date: day(project.decidedAt) })}
        </p>
      )}
    </section>
  );
}

function Steps({ project, onAsk }: { project: ProjectDetail; onAsk: (asked: Asked) => void }) {
  const { t } = useText();
  const mayAdd = project.actions.includes('add_step');
  if (project.state === 'proposed' && project.steps.length === 0) return null;
  return (
    <section className={css.section}>
      <div className={css.line}>
        <h2 className={css.heading}>{t('prevention.measures')}</h2>
        {mayAdd && (
          <Button
            size="small"
            onPress={() => {
              onAsk({ action: 'add_step' });
            }}
          >
            {t('prevention.actions.add_step')}
          </Button>
        )}
      </div>
      {project.steps.length === 0 && <p className={css.words}>{t('prevention.noSteps')}</p>}
      {project.steps.map((step) => (
        <div key={step.no} className={css.step}>
          <div className={css.line}>
            <StatusChip
              tone={step.state === 'done' ? 'done' : step.isLate ? 'late' : 'moving'}
              word={step.isLate ? t('prevention.stepLate') : t(`prevention.stepStates.${step.state}`)}
            />
            <strong>{step.what}</strong>
          </div>
          <div className={css.line}>
            <span className={css.meta}>
              {t('prevention.stepBy', { name: step.ownerName, date: step.dueOn })}
            </span>
            {step.note !== null && <span>{step.note}</span>}
            {step.state === 'open' &&
              (['finish_step', 'drop_step'] as const)
                .filter((action) => project.actions.includes(action))
                .map((action) => (
                  <Button
                    key={action}
                    size="small"
                    variant="quiet"
                    onPress={() => {
                      onAsk({ action, stepNo: step.no });
                    }}
                  >
                    {t(`prevention.actions.${action}`)}
                  </Button>
                ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function Orders({ project }: { project: ProjectDetail }) {
  const { t, tk, named } = useText();
  const label = t('prevention.attached');
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{label}</h2>
      <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
        <table className={css.table}>
          <tbody>
            {project.orders.map((order) => (
              <tr key={order.id}>
                <th scope="row">
                  <Link {...url.order(project.scopeId, order.id)}>{order.number}</Link>
                </th>
                <td>{named({ zh: order.categoryNameZh, en: order.categoryNameEn })}</td>
                <td>{order.placeLabel}</td>
                <td className={css.number}>{day(order.createdAt)}</td>
                <td>
                  <StatusChip tone={toneOf(order.status)} word={tk(`console.status.${order.status}`)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Story({ project }: { project: ProjectDetail }) {
  const { t, tk, when } = useText();
  const now = useNow();
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{t('prevention.story')}</h2>
      {project.story.map((line) => (
        <div key={line.id} className={css.text}>
          <span>{tk(`prevention.story.${line.kind}`, line.params)}</span>
          <span className={css.meta}>
            {line.actorName ?? t('prevention.system')} · {when(line.at, now)}
          </span>
        </div>
      ))}
    </section>
  );
}

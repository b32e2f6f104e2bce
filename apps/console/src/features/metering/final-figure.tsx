import { answersTo, type DoubtAnswer } from '@gongzhi/kernel/meters.ts';
import { Button, TextField } from '@gongzhi/ui';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import type { MeterPage } from './api.ts';
import css from './metering.module.css';

/** What the server found doubtful about a figure, until another one is typed. */
export function useDoubts() {
  const [said, setSaid] = useState<readonly string[]>([]);
  return {
    said,
    forget: (): void => setSaid([]),
    keep: (problem: unknown): never => {
      const asked = problem instanceof ApiProblem ? (problem.params['doubts'] as unknown) : undefined;
      setSaid(Array.isArray(asked) ? asked.map(String) : []);
      throw problem;
    },
  };
}

/** The last figure of a meter, or of its prepayment; what is doubtful about it is answered where it was typed. */
export function FinalFigure({
  label,
  meter,
  value,
  error,
  doubts,
  isBusy,
  onAnswer,
  onChange,
}: {
  label: string;
  meter: MeterPage['meter'];
  value: string;
  error: string | undefined;
  doubts: readonly string[];
  isBusy: boolean;
  onAnswer: (answer: DoubtAnswer) => void;
  onChange: (value: string) => void;
}) {
  const { t, number } = useText();
  return (
    <>
      <TextField
        label={label}
        inputMode="decimal"
        value={value}
        error={error}
        {...(meter.lastValue === null
          ? {}
          : { description: t('metering.held.last', { last: number(meter.lastValue) }) })}
        onChange={onChange}
      />
      {doubts.length > 0 && (
        <div className={css.line} role="alert">
          <span className={css.error}>
            {doubts.map((doubt) => t(`metering.doubt.${doubt as 'lower'}`)).join(' · ')}
          </span>
          {answersTo(doubts).map((answer) => (
            <Button key={answer} size="small" isBusy={isBusy} onPress={() => onAnswer(answer)}>
              {t(`metering.answer.${answer}`)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

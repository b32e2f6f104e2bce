import { answersTo, type DoubtAnswer, figureOf } from '@gongzhi/kernel/meters.ts';
import { Button, EmptyState, Select, StatusChip } from '@gongzhi/ui';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { again, METERS, meteringApi, type RoundLine } from './api.ts';
import css from './metering.module.css';
import { ReadingFile } from './reading-file.tsx';
import { useMeterWords } from './words.ts';
import { Pending } from '../../components/pending.tsx';

/** The meters of a building in the order of its homes: a figure, Enter, the next. */
export function Round({
  scopeId,
  buildingId,
  kind,
  onBuilding,
}: {
  scopeId: string;
  buildingId: string | undefined;
  kind: 'power' | 'water' | 'gas' | 'heat' | undefined;
  onBuilding: (building: string | undefined) => void;
}) {
  const { t } = useText();
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
  });
  const round = useQuery({
    queryKey: [...METERS, 'round', scopeId, buildingId ?? null, kind ?? null],
    queryFn: () =>
      meteringApi.round({
        scopeId,
        ...(buildingId === undefined ? {} : { buildingId }),
        ...(kind === undefined ? {} : { kind }),
      }),
  });
  const mayDecide = useMay('meter.decide');
  const [isFile, setFile] = useState(false);
  const lines = round.data?.items ?? [];
  const done = lines.filter(({ isReadToday }) => isReadToday).length;
  return (
    <>
      <div className={css.line}>
        <Select
          label={t('metering.round.building')}
          value={buildingId ?? ''}
          options={[
            { value: '', label: t('metering.round.allBuildings') },
            ...(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(next) => onBuilding(next === '' ? undefined : next)}
        />
        {mayDecide && <Button onPress={() => setFile(true)}>{t('metering.round.file')}</Button>}
        <p className={css.quiet}>
          {t('metering.round.progress', { done, count: lines.length })} · {t('metering.round.next')}
        </p>
      </div>
      {round.data?.isWhole === false && <p className={css.warning}>{t('metering.round.more')}</p>}
      {isFile && <ReadingFile scopeId={scopeId} kind={kind} onClose={() => setFile(false)} />}
      <Pending of={round} />
      {round.data !== undefined && lines.length === 0 && (
        <EmptyState icon={Gauge} title={t('metering.empty.round')} />
      )}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('metering.view.round')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('metering.column.place')}</th>
                <th scope="col">{t('metering.column.meter')}</th>
                <th scope="col" className={css.number}>
                  {t('metering.column.last')}
                </th>
                <th scope="col">{t('metering.column.value')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line, index) => (
                <Line
                  key={line.meter.id}
                  line={line}
                  field={(input) => {
                    fields.current[index] = input;
                  }}
                  onDone={() => fields.current[index + 1]?.focus()}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function Line({
  line,
  field,
  onDone,
}: {
  line: RoundLine;
  field: (input: HTMLInputElement | null) => void;
  onDone: () => void;
}) {
  const { t, number } = useText();
  const words = useMeterWords();
  const { meter } = line;
  const [value, setValue] = useState('');
  const [doubts, setDoubts] = useState<readonly string[]>([]);
  const [isSaved, setSaved] = useState(false);
  const [lack, setLack] = useState<string>();
  const { isBusy, error, send } = useSend();
  const save = async (answer?: DoubtAnswer): Promise<void> => {
    const figure = figureOf(value);
    if (figure === null) {
      setLack(t('metering.need.value'));
      return;
    }
    setLack(undefined);
    const body = { value: figure, ...(answer === undefined ? {} : { answer }) };
    const read = await send(body, (key) =>
      meteringApi.record(meter.scopeId, meter.id, body, key).catch((problem: unknown) => {
        const asked = problem instanceof ApiProblem ? (problem.params['doubts'] as unknown) : undefined;
        if (Array.isArray(asked)) setDoubts(asked.map(String));
        throw problem;
      }),
    );
    if (read === undefined) return;
    setDoubts([]);
    setSaved(true);
    setValue('');
    again();
    onDone();
  };
  const name = [meter.householdLabel ?? meter.spot, words.name(meter)].join(' ');
  return (
    <tr>
      <td>{[meter.householdLabel ?? line.building, meter.spot].filter(Boolean).join(' · ')}</td>
      <td>{words.name(meter)}</td>
      <td className={css.number}>{meter.lastValue === null ? '' : number(meter.lastValue)}</td>
      <td>
        <form
          className={css.line}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <input
            ref={field}
            className={css.input}
            inputMode="decimal"
            autoComplete="off"
            aria-label={`${name} ${t('metering.form.value')}`}
            value={value}
            disabled={isBusy}
            onChange={(event) => {
              setValue(event.target.value);
              setDoubts([]);
              setSaved(false);
              setLack(undefined);
            }}
          />
          <span className={css.quiet}>{words.unit(meter.kind)}</span>
          {(isSaved || line.isReadToday) && doubts.length === 0 && (
            <StatusChip tone="done" word={t('metering.round.done')} />
          )}
        </form>
        {doubts.length > 0 && (
          <div className={css.line} role="alert">
            <span className={css.error}>
              {doubts.map((doubt) => t(`metering.doubt.${doubt as 'lower'}`)).join(' · ')}
            </span>
            {answersTo(doubts).map((answer) => (
              <Button key={answer} size="small" isBusy={isBusy} onPress={() => void save(answer)}>
                {t(`metering.answer.${answer}`)}
              </Button>
            ))}
          </div>
        )}
        {(lack ?? error) !== undefined && doubts.length === 0 && (
          <p className={css.error} role="alert">
            {lack ?? error}
          </p>
        )}
      </td>
    </tr>
  );
}

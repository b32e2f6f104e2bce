import { Button } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type ChainReport, type Gate, gatesApi } from './api.ts';
import css from './css.ts';

const mostFaults = 100;

/** Whether every record of a gate is there, in order and unaltered: slice by slice, saying how far it is. */
export function ChainCheck({ gate }: { gate: Gate }) {
  const { t, number } = useText();
  const { isBusy, error, send } = useSend();
  const [report, setReport] = useState<ChainReport>();
  const check = async (): Promise<void> => {
    let whole: ChainReport | undefined;
    do {
      const after = whole?.next ?? null;
      const slice = await send({ after }, () => gatesApi.chain(gate.scopeId, gate.id, after));
      if (slice === undefined) return;
      whole =
        whole === undefined
          ? slice
          : {
              ...slice,
              from: whole.from,
              checked: whole.checked + slice.checked,
              faults: [...whole.faults, ...slice.faults],
            };
      setReport(whole);
    } while (whole.next !== null && whole.faults.length < mostFaults);
  };
  const words = (found: ChainReport): string => {
    if (found.checked === 0) return t('gates.chainNothing');
    const count = number(found.checked);
    if (isBusy && found.next !== null)
      return t('gates.chainSoFar', { count, all: number(found.end - found.from + 1) });
    if (found.faults.length === 0) return t('gates.chainWhole', { count });
    const where = found.faults
      .slice(0, 3)
      .map(({ kind, seq }) => t(kind === 'missing' ? 'gates.chainMissing' : 'gates.chainAltered', { seq }))
      .join(' ');
    return t('gates.chainFaults', { count, faults: found.faults.length, where });
  };
  return (
    <>
      <Button
        size="small"
        isBusy={isBusy}
        aria-label={`${t('gates.chain')} ${gate.name}`}
        onPress={() => void check()}
      >
        {t('gates.chain')}
      </Button>
      <span
        role="status"
        className={report !== undefined && report.faults.length > 0 ? css.error : css.below}
      >
        {error ?? (report === undefined ? '' : words(report))}
        {report !== undefined && report.destroyedAt !== null && ` ${t('gates.chainFrom')}`}
      </span>
    </>
  );
}

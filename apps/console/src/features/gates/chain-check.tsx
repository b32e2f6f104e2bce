import { Button } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type ChainReport, type Gate, gatesApi } from './api.ts';
import css from './gates.module.css';

/** Whether every record of a gate is there, in order and unaltered. */
export function ChainCheck({ gate }: { gate: Gate }) {
  const { t, number } = useText();
  const { isBusy, error, send } = useSend();
  const [report, setReport] = useState<ChainReport>();
  const check = async (): Promise<void> => {
    setReport(await send(null, () => gatesApi.chain(gate.scopeId, gate.id)));
  };
  const words = (found: ChainReport): string => {
    if (found.checked === 0) return t('gates.chainNothing');
    const count = number(found.checked);
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

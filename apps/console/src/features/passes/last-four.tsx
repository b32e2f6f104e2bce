import { Button, EmptyState, Select } from '@gongzhi/ui';
import { IdCard } from 'lucide-react';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type Pass, passesApi } from './api.ts';
import css from './css.ts';
import { PassesTable } from './passes-table.tsx';

const purposes = [
  'caller',
  'parcel',
  'visitor_at_gate',
  'correct_record',
] as const satisfies readonly Body<'searchPasses'>['purpose'][];

/** Four digits of a phone, or the whole of it: what is looked for by them; null where something else was typed. */
export function lastFourOf(typed: string): string | null {
  const digits = typed.normalize('NFKC').trim();
  return /^(?:\d{4}|1[3-9]\d{9})$/.test(digits) ? digits.slice(-4) : null;
}

/** Found by the last four of a phone: with a purpose, and only once it is pressed. */
export function LastFour({ scopeId, digits }: { scopeId: string; digits: string }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>();
  const [found, setFound] = useState<readonly Pass[]>();
  const search = async (): Promise<void> => {
    if (purpose === undefined) return;
    const body = { scopeId, digits, purpose };
    const answer = await send(body, (key) => passesApi.search(body, key));
    if (answer !== undefined) setFound(answer.items);
  };
  return (
    <section aria-label={t('passDesk.lastFour')} className={css.tools}>
      <p className={css.note}>{t('passDesk.lastFourWords')}</p>
      <Select
        label={t('passDesk.purpose')}
        placeholder={t('passDesk.purpose')}
        options={purposes.map((value) => ({ value, label: t(`passDesk.purposes.${value}`) }))}
        value={purpose ?? ''}
        onChange={(next) => {
          setPurpose(purposes.find((value) => value === next));
        }}
      />
      <Button
        variant="primary"
        isDisabled={purpose === undefined}
        isBusy={isBusy}
        onPress={() => void search()}
      >
        {t('passDesk.searchNow')}
      </Button>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {found?.length === 0 && <EmptyState icon={IdCard} title={t('passDesk.empty')} />}
      {found !== undefined && found.length > 0 && <PassesTable rows={found} />}
    </section>
  );
}

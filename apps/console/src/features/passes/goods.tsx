import { Button, Checkbox, EmptyState, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { PASSES, passesApi, type Slip } from './api.ts';
import css from './css.ts';
import { WordsDialog } from './words-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

const tones: Readonly<Record<Slip['state'], Tone>> = {
  open: 'moving',
  held: 'late',
  passed: 'done',
  cancelled: 'waiting',
  over: 'waiting',
};

/** What leaves homes today: compared at the gate with what is carried. */
export function Goods({
  scopeId,
  isPast,
  onPast,
}: {
  scopeId: string;
  isPast: boolean;
  onPast: (isPast: boolean) => void;
}) {
  const { t, when } = useText();
  const now = useNow();
  const [doing, setDoing] = useState<{ what: 'pass' | 'hold'; slip: Slip } | null>(null);
  const list = useQuery({
    queryKey: [PASSES, 'goods', scopeId, isPast],
    queryFn: () => passesApi.slips({ scopeId, limit: 100, ...(isPast ? {} : { isOpen: true }) }),
  });
  const itemsOf = (slip: Slip): string =>
    slip.items.map(({ what, count }) => `${what} × ${count}`).join(t('common.listSeparator'));
  return (
    <>
      <div className={css.tools}>
        <Checkbox isSelected={isPast} onChange={onPast}>
          {t('passDesk.goods.all')}
        </Checkbox>
      </div>
      <Pending of={list} lines={6} />
      {list.data?.items.length === 0 && <EmptyState icon={PackageOpen} title={t('passDesk.goods.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('passDesk.view.goods')}
          heads={[
            { word: t('passDesk.goods.code') },
            { word: t('passDesk.column.home') },
            { word: t('passDesk.goods.what') },
            { word: t('passDesk.column.plate') },
            { word: t('passDesk.column.when') },
            { word: t('passDesk.column.state') },
            { word: t('passDesk.column.acts') },
          ]}
        >
          {list.data.items.map((slip) => (
            <tr key={slip.id}>
              <td>{slip.code}</td>
              <td>{slip.householdLabel}</td>
              <td>{itemsOf(slip)}</td>
              <td>{[slip.plate, slip.carriedBy].filter((word) => word !== null).join(' · ')}</td>
              <td>{t('passDesk.span', { from: when(slip.validFrom, now), to: when(slip.validTo, now) })}</td>
              <td>
                <StatusChip tone={tones[slip.state]} word={t(`pass.slip.${slip.state}`)} />
                {slip.checkNote !== null && <p className={css.note}>{slip.checkNote}</p>}
              </td>
              <td>
                {(slip.state === 'open' || slip.state === 'held') && (
                  <div className={css.acts}>
                    {(['pass', 'hold'] as const).map((what) => (
                      <Button
                        key={what}
                        size="small"
                        variant="quiet"
                        onPress={() => {
                          setDoing({ what, slip });
                        }}
                      >
                        {t(`passDesk.goods.${what}`)}
                      </Button>
                    ))}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {doing !== null && (
        <WordsDialog
          title={t(`passDesk.goods.${doing.what}`)}
          note={itemsOf(doing.slip)}
          {...(doing.what === 'hold' ? { label: t('passDesk.goods.why') } : {})}
          act={t(`passDesk.goods.${doing.what}`)}
          isDanger={doing.what === 'hold'}
          done={t('passDesk.goods.done')}
          run={(note, key) =>
            passesApi.check(
              doing.slip,
              doing.what === 'pass'
                ? { action: 'pass', expectedVersion: doing.slip.version }
                : { action: 'hold', expectedVersion: doing.slip.version, note },
              key,
            )
          }
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </>
  );
}

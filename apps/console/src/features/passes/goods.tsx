import {
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  Skeleton,
  StatusChip,
  type Tone,
  useNow,
} from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { PASSES, passesApi, type Slip } from './api.ts';
import css from './passes.module.css';
import { WordsDialog } from './words-dialog.tsx';

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
  const text = useText();
  const { t, when } = text;
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
      {list.isPending && <Skeleton label={t('common.loading')} lines={6} />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.data?.items.length === 0 && <EmptyState icon={PackageOpen} title={t('passDesk.goods.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('passDesk.view.goods')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('passDesk.goods.code')}</th>
                <th scope="col">{t('passDesk.column.home')}</th>
                <th scope="col">{t('passDesk.goods.what')}</th>
                <th scope="col">{t('passDesk.column.plate')}</th>
                <th scope="col">{t('passDesk.column.when')}</th>
                <th scope="col">{t('passDesk.column.state')}</th>
                <th scope="col">{t('passDesk.column.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((slip) => (
                <tr key={slip.id}>
                  <td>{slip.code}</td>
                  <td>{slip.householdLabel}</td>
                  <td>{itemsOf(slip)}</td>
                  <td>{[slip.plate, slip.carriedBy].filter((word) => word !== null).join(' · ')}</td>
                  <td>
                    {t('passDesk.span', { from: when(slip.validFrom, now), to: when(slip.validTo, now) })}
                  </td>
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
            </tbody>
          </table>
        </section>
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

import { lineName, type SayBill } from '@gongzhi/i18n/bill-basis.ts';
import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Checkbox, RadioGroup } from '@gongzhi/ui/Choice.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { localDate } from '@gongzhi/kernel/time.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useDraft } from '../app/useDraft.ts';
import { useWords } from '../app/words.ts';
import { type Offer, offerQuery, PAY, payApi } from '../features/pay/api.ts';
import { fenOf, yuan } from '../features/pay/money.ts';
import css from '../features/pay/pay.module.css';
import { type Target, usePaying, type Way } from '../features/pay/usePaying.ts';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

/** What the own home owes, and paying it: one line, all of them, or ahead. */
export default function PayPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const householdId = here.household?.id ?? '';
  const offer = useQuery({ ...offerQuery(here.scopeId, householdId), enabled: here.household !== null });
  return (
    <>
      <PageHead title={t('pay.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {here.household === null && (
        <EmptyState icon={ReceiptText} title={t('pay.none')} text={t('pay.notHome')} />
      )}
      {here.household !== null &&
        offer.data === undefined &&
        (offer.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, offer.error)}
            {...traceOf(offer.error)}
            onRetry={() => {
              void offer.refetch();
            }}
          />
        ))}
      {offer.data !== undefined && (
        <Paying key={householdId} offer={offer.data} scopeId={here.scopeId} householdId={householdId} />
      )}
      <Link to={url.receipts()} className={buttonClass('secondary', 'medium', true)}>
        {t('pay.receipts')}
      </Link>
    </>
  );
}

function Paying({ offer, scopeId, householdId }: { offer: Offer; scopeId: string; householdId: string }) {
  const { t } = useWords();
  const say = t as unknown as SayBill;
  const paying = usePaying(scopeId, householdId);
  const payable = offer.lines.filter((line) => !line.isElsewhere);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [way, setWay] = useState<Way | undefined>(offer.ways[0]);
  const chosen = payable.filter(({ lineId }) => !left.has(lineId));
  const total = chosen.reduce((sum, { dueFen }) => sum + dueFen, 0);
  const today = localDate(useNow());
  return (
    <>
      {offer.isSimulated && <p className={css.note}>{t('payments.simulated')}</p>}
      {offer.underWay !== null && (
        <Card label={t('pay.underWay')}>
          <h2 className={css.heading}>{t('pay.underWay')}</h2>
          <p>{t('pay.underWayText', { amount: yuan(offer.underWay.amountFen) })}</p>
          <Link
            to={url.payment({ scopeId, id: offer.underWay.id })}
            className={buttonClass('primary', 'medium', true)}
          >
            {t('pay.see')}
          </Link>
        </Card>
      )}
      {offer.lines.length === 0 ? (
        <EmptyState icon={ReceiptText} title={t('pay.none')} text={t('pay.noneText')} />
      ) : (
        <Card label={t('pay.owed')}>
          <h2 className={css.heading}>{t('pay.owed')}</h2>
          <ul className={css.list}>
            {offer.lines.map((line) => (
              <li key={line.lineId}>
                <Checkbox
                  className={css.choice ?? ''}
                  isDisabled={line.isElsewhere}
                  isSelected={!line.isElsewhere && !left.has(line.lineId)}
                  onChange={(isIn) => {
                    const next = new Set(left);
                    if (isIn) next.delete(line.lineId);
                    else next.add(line.lineId);
                    setLeft(next);
                  }}
                >
                  <span className={css.one}>
                    <span className={css.line}>
                      <span className={css.name}>{lineName(say, { ...line, amountFen: line.openFen })}</span>
                      <span className={css.fen}>{yuan(line.dueFen)}</span>
                    </span>
                    <span className={css.quiet}>
                      {line.isElsewhere
                        ? t('pay.elsewhere')
                        : t(line.dueOn < today ? 'pay.overdue' : 'pay.period', {
                            period: line.period.slice(0, 7),
                            due: line.dueOn,
                          })}
                      {line.earlyUntil !== null &&
                        line.dueFen < line.openFen &&
                        ` ${t('pay.early', { until: line.earlyUntil, amount: yuan(line.openFen - line.dueFen) })}`}
                    </span>
                  </span>
                </Checkbox>
              </li>
            ))}
          </ul>
          <div className={css.line}>
            <span>{t('pay.total')}</span>
            <span className={css.sum}>{yuan(total)}</span>
          </div>
        </Card>
      )}
      {way === undefined ? (
        <p className={css.note}>{t('pay.noWay')}</p>
      ) : (
        <>
          <Card>
            <RadioGroup<Way>
              label={t('pay.way')}
              value={way}
              options={offer.ways.map((value) => ({ value, label: t(`payments.way.${value}`) }))}
              onChange={setWay}
            />
          </Card>
          {payable.length > 0 && (
            <Button
              variant="primary"
              size="large"
              isWide
              isBusy={paying.isPending}
              isDisabled={chosen.length === 0 || offer.underWay !== null}
              onPress={() => {
                paying.mutate({
                  way,
                  targets: chosen.map(({ lineId, dueFen }) => ({
                    kind: 'bill_line',
                    id: lineId,
                    amountFen: dueFen,
                  })),
                });
              }}
            >
              {chosen.length === 0 ? t('pay.choose') : t('pay.pay', { amount: yuan(total) })}
            </Button>
          )}
        </>
      )}
      <Ahead
        offer={offer}
        scopeId={scopeId}
        householdId={householdId}
        way={way}
        isBusy={paying.isPending}
        onPay={async (target) => {
          if (way !== undefined) await paying.mutateAsync({ way, targets: [target] });
        }}
      />
    </>
  );
}

/** The balance, what goes off it by itself, and putting more on it. */
function Ahead({
  offer,
  scopeId,
  householdId,
  way,
  isBusy,
  onPay,
}: {
  offer: Offer;
  scopeId: string;
  householdId: string;
  way: Way | undefined;
  isBusy: boolean;
  onPay: (target: Target) => Promise<void>;
}) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const draft = useDraft(`${me.account.id}:prepay:${householdId}`, me.account.id, () => ({ amount: '' }));
  const [isWrong, setWrong] = useState(false);
  const most = offer.mostPrepaidFen;
  const deduct = useMutation({
    mutationFn: (isOn: boolean) => payApi.deduct({ scopeId, householdId, isOn }, newKey()),
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [PAY] }),
  });
  return (
    <Card label={t('pay.balance')}>
      <div className={css.line}>
        <h2 className={css.heading}>{t('pay.balance')}</h2>
        <span className={css.sum}>{yuan(offer.balanceFen)}</span>
      </div>
      <Checkbox
        isSelected={deduct.isPending ? deduct.variables : offer.deducts}
        isDisabled={deduct.isPending}
        onChange={(isOn) => {
          deduct.mutate(isOn);
        }}
      >
        {t('pay.deduct')}
      </Checkbox>
      <p className={css.quiet}>{t('pay.deductText')}</p>
      {way !== undefined && draft.isReady && (
        <form
          className={css.list}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const amountFen = fenOf(draft.value.amount, most);
            setWrong(amountFen === null);
            // What was typed is kept until it was taken, and then it is not there to be paid once more.
            if (amountFen !== null) onPay({ kind: 'prepay', amountFen }).then(draft.clear, () => undefined);
          }}
        >
          <TextField
            label={t('pay.prepayAmount')}
            inputMode="decimal"
            value={draft.value.amount}
            error={isWrong ? t('pay.prepayInvalid', { most: most / 100 }) : undefined}
            onChange={(amount) => {
              setWrong(false);
              draft.change({ amount });
            }}
          />
          <Button type="submit" isWide isBusy={isBusy} isDisabled={draft.value.amount.trim() === ''}>
            {t('pay.prepayGo')}
          </Button>
        </form>
      )}
    </Card>
  );
}

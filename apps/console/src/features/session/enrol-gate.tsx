import { Button } from '@gongzhi/ui';
import { api } from '../../api.ts';
import { href, url } from '../../app/routes.ts';
import { startOver } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from '../organisation/organisation.module.css';
import { SecondFactor } from './second-factor.tsx';

/** The role asks for a second factor and the grace is over: nothing else is shown before it is there. */
export default function EnrolGate() {
  const { t } = useText();
  return (
    <main className={css.gate}>
      <h1 className={css.title}>{t('factor.gateTitle')}</h1>
      <p>{t('factor.gateWords')}</p>
      <SecondFactor
        onDone={() => {
          startOver(href(url.desk()));
        }}
      />
      <Button
        variant="quiet"
        onPress={() => {
          void api.signOut().finally(() => {
            startOver(href(url.signIn()));
          });
        }}
      >
        {t('console.user.signOut')}
      </Button>
    </main>
  );
}

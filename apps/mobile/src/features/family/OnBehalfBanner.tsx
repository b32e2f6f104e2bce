import type { Me } from '../../api-types.ts';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import css from './family.module.css';

/** Over every page: for whom one acts just now. Nobody confirms under a wrong name by mistake. */
export function OnBehalfBanner({ me }: { me: Me }) {
  const { t, list } = useHomes(me);
  const { onBehalf } = me.acting;
  if (onBehalf === null) return null;
  return (
    <div className={css.banner} data-ended={onBehalf.isEnded} role="status">
      <span>
        {onBehalf.isEnded
          ? t('family.banner.ended', { name: onBehalf.name })
          : t('family.banner', { name: onBehalf.name, home: list })}
      </span>
      <Link to={url.me()}>{t('family.banner.change')}</Link>
    </div>
  );
}

function useHomes(me: Me) {
  const { t } = useWords();
  return { t, list: me.acting.households.map(({ label }) => label).join(t('common.listSeparator')) };
}

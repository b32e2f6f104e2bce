import { Button, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deskApi, deskKeys, type DeskPhones as Phones } from '../../api-desk.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './rules.module.css';
import { useSaving } from './use-saving.ts';
import { Pending } from '../../components/pending.tsx';

/** At which number the desk is called; printed on slips for callers who have no phone to look. */
export function DeskPhones() {
  const { t } = useText();
  const phones = useQuery({ queryKey: deskKeys.phones, queryFn: deskApi.phones });
  if (!phones.isSuccess) return <Pending of={phones} lines={2} />;
  const { items, mayEdit } = phones.data;
  if (items.length === 0) return null;
  return (
    <section className={css.box} aria-label={t('deskPhone.title')}>
      <h2 className={css.heading}>{t('deskPhone.title')}</h2>
      <p className={css.hint}>{t('deskPhone.text')}</p>
      <ul className={css.versions}>
        {items.map((item) => (
          <Row key={`${item.scopeId} ${item.phone}`} item={item} mayEdit={mayEdit} />
        ))}
      </ul>
    </section>
  );
}

function Row({ item, mayEdit }: { item: Phones['items'][number]; mayEdit: boolean }) {
  const { t } = useText();
  const saving = useSaving();
  const [phone, setPhone] = useState(item.phone);
  const [isEditing, setEditing] = useState(false);
  const shown = item.phone === '' ? item.inherited : item.phone;
  const save = async () => {
    if (await saving.run(() => deskApi.setPhone(item.scopeId, phone.trim(), newKey()))) {
      setEditing(false);
      await queryClient.invalidateQueries({ queryKey: deskKeys.phones });
    }
  };
  if (!isEditing)
    return (
      <li>
        <span>{item.scopeName}</span>
        <strong>{shown ?? t('deskPhone.none')}</strong>
        {item.phone === '' && item.inherited !== null && (
          <span className={css.meta}>{t('deskPhone.inherited')}</span>
        )}
        {mayEdit && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t('deskPhone.changeOf', { place: item.scopeName })}
            onPress={() => setEditing(true)}
          >
            {t('desk.duties.change')}
          </Button>
        )}
      </li>
    );
  return (
    <li>
      <TextField
        label={t('deskPhone.of', { place: item.scopeName })}
        type="tel"
        maxLength={30}
        value={phone}
        onChange={setPhone}
        error={saving.fault('phone') ?? saving.error ?? undefined}
      />
      <Button size="small" onPress={() => setEditing(false)}>
        {t('common.cancel')}
      </Button>
      <Button size="small" variant="primary" isBusy={saving.isBusy} onPress={() => void save()}>
        {t('deskPhone.save')}
      </Button>
    </li>
  );
}

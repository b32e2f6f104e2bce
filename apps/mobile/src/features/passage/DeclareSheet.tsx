import { Button } from '@gongzhi/ui/Button.tsx';
import { Checkbox } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { type HealthCode, passageApi } from './api.ts';
import css from './passage.module.css';

/** Three answers for the service of health codes. None of them is kept on this phone: whoever closes it begins anew. */
export function DeclareSheet({
  scopeId,
  passId,
  service,
  retentionDays,
  onCode,
  onClose,
}: {
  scopeId: string;
  passId: string;
  service: string;
  retentionDays: number;
  onCode: (code: HealthCode) => void;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [degrees, setDegrees] = useState('');
  const [hasSymptoms, setSymptoms] = useState(false);
  const [wasInRiskArea, setRisk] = useState(false);
  const typed = degrees.trim().replace(',', '.');
  const declare = useMutation({
    mutationFn: () =>
      passageApi.declareHealth({
        scopeId,
        passId,
        temperature: typed === '' ? null : Number(typed),
        hasSymptoms,
        wasInRiskArea,
      }),
    onSuccess: (code) => {
      notify(t('pass.health.done'), { tone: 'done' });
      onCode(code);
      onClose();
    },
  });
  const lacks = declare.error === null ? {} : fieldSentences(words, declare.error);
  return (
    <Sheet
      title={t('pass.health.declare')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          size="large"
          isWide
          isBusy={declare.isPending}
          isDisabled={Number.isNaN(Number(typed))}
          onPress={() => {
            declare.mutate();
          }}
        >
          {t('pass.health.send')}
        </Button>
      }
    >
      <p className={css.quiet}>
        {service === 'demonstration'
          ? t('pass.health.demonstration')
          : t('pass.health.keptService', { service })}
      </p>
      <p className={css.quiet}>{t('pass.health.kept', { count: retentionDays })}</p>
      <TextField
        label={t('pass.health.temperature')}
        description={t('pass.health.temperatureText')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={5}
        value={degrees}
        error={lacks['temperature']}
        onChange={setDegrees}
      />
      <Checkbox isSelected={hasSymptoms} onChange={setSymptoms}>
        {t('pass.health.symptoms')}
      </Checkbox>
      <Checkbox isSelected={wasInRiskArea} onChange={setRisk}>
        {t('pass.health.risk')}
      </Checkbox>
      {declare.error !== null && Object.keys(lacks).length === 0 && (
        <p role="alert" className={css.error}>
          {problemSentence(words, declare.error)}
        </p>
      )}
    </Sheet>
  );
}

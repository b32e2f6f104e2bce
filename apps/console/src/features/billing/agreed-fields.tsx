import { TextField } from '@gongzhi/ui';
import { type ReactNode, useState } from 'react';
import { useText } from '../../app/text.ts';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import css from './css.ts';

/** The home it is for. */
export function HomeField({
  scopeId,
  value,
  onChange,
  error,
}: {
  scopeId: string;
  value: string;
  onChange: (householdId: string) => void;
  error: string | undefined;
}) {
  const [words, setWords] = useState('');
  return (
    <HouseholdPicker
      scopeId={scopeId}
      words={words}
      onWords={setWords}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

interface Agreed {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly source: string;
}

/** From when until when, and where it is written. */
export function AgreedFields({
  value: { startsOn, endsOn, source },
  onChange,
  beside,
  until,
}: {
  value: Agreed;
  onChange: (part: Partial<Agreed>) => void;
  beside: (field: keyof Agreed) => string | undefined;
  /** What stands where the last day would. */
  until?: ReactNode;
}) {
  const { t } = useText();
  return (
    <>
      <div className={css.pair}>
        <TextField
          label={t('billing.agreement.startsOn')}
          type="date"
          value={startsOn}
          onChange={(day) => onChange({ startsOn: day })}
          error={beside('startsOn')}
        />
        {until ?? (
          <TextField
            label={t('billing.agreement.endsOn')}
            type="date"
            value={endsOn}
            onChange={(day) => onChange({ endsOn: day })}
            error={beside('endsOn')}
          />
        )}
      </div>
      <TextField
        label={t('billing.agreement.source')}
        description={t('billing.agreement.sourceText')}
        maxLength={300}
        value={source}
        onChange={(words) => onChange({ source: words })}
        error={beside('source')}
      />
    </>
  );
}

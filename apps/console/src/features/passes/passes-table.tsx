import { Button, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Pass, passesApi } from './api.ts';
import { EntryDialog } from './entry-dialog.tsx';
import css from './css.ts';
import { hoursText } from './words.ts';
import { WordsDialog } from './words-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';

const tones: Readonly<Record<Pass['state'], Tone>> = {
  standing: 'moving',
  coming: 'waiting',
  used_up: 'done',
  over: 'waiting',
  suspended: 'due',
  revoked: 'late',
};

type Doing = { readonly what: 'suspend' | 'resume' | 'revoke' | 'list'; readonly pass: Pass };

/** Passes with what may be done about each. */
export function PassesTable({ rows, isVehicles = false }: { rows: readonly Pass[]; isVehicles?: boolean }) {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const mayIssue = useMay('pass.issue');
  const mayList = useMay('gate_list.write');
  const [doing, setDoing] = useState<Doing | null>(null);
  const columns = ['holder', 'kind', 'home', 'when', 'entries', 'state', 'by', 'acts'] as const;
  return (
    <>
      <RecordsTable
        label={t('passDesk.title')}
        heads={columns.map((column) => ({ word: t(`passDesk.column.${column}`) }))}
      >
        {rows.map((pass) => (
          <tr key={pass.id}>
            <td>
              {[pass.plate, pass.name, pass.phone, pass.authority]
                .filter((word) => word !== null)
                .join(' · ')}
            </td>
            <td>
              {isVehicles && pass.vehicleKind !== null
                ? t(`pass.vehicleKind.${pass.vehicleKind}`)
                : [t(`pass.kind.${pass.kind}`), pass.hasCard ? t('passDesk.card') : null, pass.documentNo]
                    .filter((word) => word !== null)
                    .join(' · ')}
            </td>
            <td>{pass.householdLabel}</td>
            <td>
              {pass.validTo === null
                ? t('passDesk.forEver')
                : t('passDesk.span', { from: when(pass.validFrom, now), to: when(pass.validTo, now) })}
              {pass.onShiftOnly && <p className={css.note}>{t('passDesk.onShiftOnly')}</p>}
              {pass.hours.length > 0 && <p className={css.note}>{hoursText(pass.hours, text)}</p>}
            </td>
            <td>
              {pass.entriesAllowed !== null &&
                t('passDesk.used', { used: pass.entriesUsed, allowed: pass.entriesAllowed })}
            </td>
            <td>
              <StatusChip tone={tones[pass.state]} word={t(`pass.state.${pass.state}`)} />
              {pass.reason !== null && (
                <p className={css.note}>{t('passDesk.because', { reason: pass.reason })}</p>
              )}
            </td>
            <td>{pass.issuedByName}</td>
            <td>
              <Acts
                pass={pass}
                mayIssue={mayIssue}
                mayList={mayList}
                onDo={(what) => {
                  setDoing({ what, pass });
                }}
              />
            </td>
          </tr>
        ))}
      </RecordsTable>
      {doing !== null && (
        <Do
          doing={doing}
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </>
  );
}

function Acts({
  pass,
  mayIssue,
  mayList,
  onDo,
}: {
  pass: Pass;
  mayIssue: boolean;
  mayList: boolean;
  onDo: (what: Doing['what']) => void;
}) {
  const { t } = useText();
  const isLive = ['standing', 'coming', 'suspended'].includes(pass.state);
  const act = (what: Doing['what'], word: string) => (
    <Button
      size="small"
      variant="quiet"
      onPress={() => {
        onDo(what);
      }}
    >
      {word}
    </Button>
  );
  return (
    <div className={css.acts}>
      {isLive &&
        mayIssue &&
        (pass.status === 'suspended'
          ? act('resume', t('passDesk.resume'))
          : act('suspend', t('passDesk.suspend')))}
      {isLive && mayIssue && act('revoke', t('passDesk.revoke'))}
      {mayList && act('list', t('passDesk.toList'))}
    </div>
  );
}

function Do({ doing: { what, pass }, onClose }: { doing: Doing; onClose: () => void }) {
  const { t } = useText();
  if (what === 'list') return <EntryDialog scopeId={pass.scopeId} pass={pass} onClose={onClose} />;
  return (
    <WordsDialog
      title={t(`passDesk.${what}`)}
      {...(what === 'resume' ? {} : { note: t(`passDesk.${what}.words`) })}
      {...(what === 'resume' ? {} : { label: t('passDesk.reason') })}
      act={t(`passDesk.${what}`)}
      isDanger={what === 'revoke'}
      done={t('passDesk.changed')}
      run={(reason, key) =>
        passesApi.command(
          pass,
          what === 'resume'
            ? { action: what, expectedVersion: pass.version }
            : { action: what, expectedVersion: pass.version, reason },
          key,
        )
      }
      onClose={onClose}
    />
  );
}

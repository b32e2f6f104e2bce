import { http } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';

export type ShiftResult = Answer<'sendShiftFile'>;
export type ShiftColumns = ShiftResult['columns'];
export type ShiftField = ShiftResult['missing'][number];
export type ShiftFileRow = Answer<'listShiftFiles'>['items'][number];

const of = (scopeId: string | undefined) => (scopeId === undefined ? {} : { scopeId });

/** Shifts from a file: tried, taken in, listed, taken back. */
export const shiftApi = {
  send: (
    scopeId: string | undefined,
    file: { readonly name: string; readonly body: Blob },
    columns: ShiftColumns | null,
    trial: boolean,
    key: string,
  ) =>
    http.call<ShiftResult>('POST', '/dispatch/shift-files', {
      query: {
        ...of(scopeId),
        name: file.name,
        trial,
        ...(columns === null ? {} : { columns: JSON.stringify(columns) }),
      },
      body: file.body,
      key,
    }),
  files: (scopeId: string | undefined) =>
    http.call<Answer<'listShiftFiles'>>('GET', '/dispatch/shift-files', { query: of(scopeId) }),
  withdraw: (scopeId: string | undefined, file: string, key: string) =>
    http.call<Answer<'withdrawShiftFile'>>(
      'POST',
      `/dispatch/shift-files/${encodeURIComponent(file)}/withdraw`,
      { query: of(scopeId), key },
    ),
  filesKey: (scopeId: string | undefined) => [...queryKeys.roster, 'files', scopeId ?? ''] as const,
};

import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';
import { queryClient } from '../../app/query.ts';

export type ListedMeter = Answer<'listMeters'>['items'][number];
export type MeterPage = Answer<'getMeter'>;
export type MeterFinding = Answer<'listMeterFindings'>['items'][number];
export type HeldReading = Answer<'listHeldReadings'>['items'][number];
export type RoundLine = Answer<'getMeterRound'>['items'][number];
export type MeterGateway = Answer<'listMeterGateways'>['items'][number];
export type Warning = Answer<'listWeatherWarnings'>['items'][number];
export type FileAnswer = Answer<'sendMeterReadings'>;

const within = (scopeId: string | undefined) => (scopeId === undefined ? {} : { scopeId });

export const meteringApi = {
  meters: (query: Query<'listMeters'>) => http.call<Answer<'listMeters'>>('GET', '/meters', { query }),
  meter: (scopeId: string, id: string) =>
    http.call<MeterPage>('GET', `/meters/${id}`, { query: { scopeId } }),
  readings: (scopeId: string, id: string) =>
    http.call<Answer<'listMeterReadings'>>('GET', `/meters/${id}/readings`, {
      query: { scopeId, limit: 12 },
    }),
  round: (query: Query<'getMeterRound'>) =>
    http.call<Answer<'getMeterRound'>>('GET', '/meters/round', { query }),
  record: (scopeId: string, id: string, body: Body<'recordMeterReading'>, key: string) =>
    http.call<Answer<'recordMeterReading'>>('POST', `/meters/${id}/readings`, {
      query: { scopeId },
      body,
      key,
    }),
  decide: (reading: HeldReading, body: Body<'decideMeterReading'>, key: string) =>
    http.call<Answer<'decideMeterReading'>>(
      'POST',
      `/meters/${reading.meterId}/readings/${reading.id}/decision`,
      {
        query: { scopeId: reading.scopeId },
        body,
        key,
      },
    ),
  held: (scopeId: string | undefined) =>
    http.call<Answer<'listHeldReadings'>>('GET', '/meters/held-readings', { query: within(scopeId) }),
  findings: (scopeId: string | undefined) =>
    http.call<Answer<'listMeterFindings'>>('GET', '/meters/findings', { query: within(scopeId) }),
  endFinding: (finding: MeterFinding, body: Body<'endMeterFinding'>, key: string) =>
    http.call<Answer<'endMeterFinding'>>('POST', `/meters/findings/${finding.id}/end`, {
      query: { scopeId: finding.scopeId },
      body,
      key,
    }),
  gateways: (scopeId: string | undefined) =>
    http.call<Answer<'listMeterGateways'>>('GET', '/meters/gateways', { query: within(scopeId) }),
  readNow: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'readMeterNow'>>('POST', `/meters/${id}/read-now`, { query: { scopeId }, key }),
  command: (scopeId: string, id: string, body: Body<'commandMeter'>, key: string) =>
    http.call<Answer<'commandMeter'>>('POST', `/meters/${id}/commands`, { query: { scopeId }, body, key }),
  protect: (scopeId: string, id: string, body: Body<'protectMeter'>, key: string) =>
    http.call<Answer<'protectMeter'>>('POST', `/meters/${id}/protection`, { query: { scopeId }, body, key }),
  why: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'openMeterProtection'>>('POST', `/meters/${id}/protection/reason`, {
      query: { scopeId },
      key,
    }),
  hang: (body: Body<'registerMeter'>, key: string) =>
    http.call<Answer<'registerMeter'>>('POST', '/meters', { body, key }),
  change: (scopeId: string, id: string, body: Body<'changeMeter'>, key: string) =>
    http.call<Answer<'changeMeter'>>('POST', `/meters/${id}/changes`, { query: { scopeId }, body, key }),
  replace: (scopeId: string, id: string, body: Body<'replaceMeter'>, key: string) =>
    http.call<Answer<'replaceMeter'>>('POST', `/meters/${id}/replacement`, { query: { scopeId }, body, key }),
  beginPrepaid: (scopeId: string, id: string, body: Body<'beginPrepaidMeter'>, key: string) =>
    http.call<Answer<'beginPrepaidMeter'>>('POST', `/meters/${id}/prepaid`, {
      query: { scopeId },
      body,
      key,
    }),
  changePrepaid: (scopeId: string, id: string, body: Body<'changePrepaidMeter'>, key: string) =>
    http.call<Answer<'changePrepaidMeter'>>('PUT', `/meters/${id}/prepaid`, {
      query: { scopeId },
      body,
      key,
    }),
  endPrepaid: (scopeId: string, id: string, body: Body<'endPrepaidMeter'>, key: string) =>
    http.call<Answer<'endPrepaidMeter'>>('POST', `/meters/${id}/prepaid/end`, {
      query: { scopeId },
      body,
      key,
    }),
  care: (body: Body<'keepMeterCare'>, key: string) =>
    http.call<Answer<'keepMeterCare'>>('POST', '/meters/care', { body, key }),
  addGateway: (body: Body<'registerMeterGateway'>, key: string) =>
    http.call<Answer<'registerMeterGateway'>>('POST', '/meters/gateways', { body, key }),
  retireGateway: ({ scopeId, id }: MeterGateway, key: string) =>
    http.call<Answer<'retireMeterGateway'>>('POST', `/meters/gateways/${id}/retire`, {
      query: { scopeId },
      key,
    }),
  warnings: (scopeId: string) =>
    http.call<Answer<'listWeatherWarnings'>>('GET', '/meters/warnings', { query: { scopeId } }),
  warn: (body: Body<'recordWeatherWarning'>, key: string) =>
    http.call<Answer<'recordWeatherWarning'>>('POST', '/meters/warnings', { body, key }),
  lift: ({ scopeId, id }: Warning, key: string) =>
    http.call<Answer<'liftWeatherWarning'>>('POST', `/meters/warnings/${id}/lift`, {
      query: { scopeId },
      key,
    }),
  sendFile: (query: Query<'sendMeterReadings'>, body: Blob, key: string) =>
    http.call<FileAnswer>('POST', '/meters/readings-files', { query, body, key }),
  retry: (scopeId: string, id: string, topUpId: string, key: string) =>
    http.call<Answer<'retryMeterTopUp'>>('POST', `/meters/${id}/top-ups/${topUpId}/retry`, {
      query: { scopeId },
      key,
    }),
};

export const METERS = ['meters'] as const;

/** Something was done to a meter: whatever shows meters asks again. */
export const again = (): void => {
  void queryClient.invalidateQueries({ queryKey: METERS });
};

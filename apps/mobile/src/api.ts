import { createHttp, everyPage, newKey } from '@gongzhi/ui/client/index.ts';
import type {
  Answer,
  Body,
  Command,
  Locale,
  NewOrder,
  Order,
  PatrolRound,
  Query,
  WorkingAct,
} from './api-types.ts';

/** The one door to the server: its session, its token, its keys. */
export const http = createHttp();

/** Every call of the phone pages, typed. A `key` is made when the person means it and kept through every retry. */
export const api = {
  authOptions: () => http.call<Answer<'getAuthOptions'>>('GET', '/auth/options'),
  sendCode: (phone: string) => http.call<Answer<'requestCode'>>('POST', '/auth/codes', { body: { phone } }),
  signIn: (body: Body<'signIn'>) => http.call<Answer<'signIn'>>('POST', '/auth/sessions', { body }),
  /** The demonstration's doors ask for no second step. */
  enterAs: (personaId: string) =>
    http.call<Answer<'getMe'>>('POST', '/auth/sessions', { body: { personaId } }),
  signOut: () => http.call<undefined>('DELETE', '/auth/sessions/current'),
  signOutEverywhere: () => http.call<undefined>('DELETE', '/auth/sessions'),

  me: () => http.call<Answer<'getMe'>>('GET', '/me', { isQuiet: true }),
  act: (membershipId: string) => http.call<Answer<'getMe'>>('PUT', '/me/acting', { body: { membershipId } }),
  prefer: (body: Body<'changePreferences'>) => http.call<Answer<'getMe'>>('PUT', '/me/preferences', { body }),

  buildings: (scopeId: string) =>
    http.call<Answer<'listBuildings'>>('GET', `/places/scopes/${scopeId}/buildings`, {
      query: { limit: 100 },
    }),
  facilities: (scopeId: string) =>
    everyPage((cursor) =>
      http.call<Answer<'listFacilities'>>('GET', `/places/scopes/${scopeId}/facilities`, {
        query: { limit: 100, ...cursor },
      }),
    ),
  /** The one a code names, however many there are. */
  facility: (scopeId: string, id: string) =>
    http.call<Answer<'listFacilities'>>('GET', `/places/scopes/${scopeId}/facilities`, { query: { id } }),

  catalogue: (scopeId: string) =>
    http.call<Answer<'listCategories'>>('GET', '/work-orders/catalogue', { query: { scopeId } }),
  /** Whose matter it is, and whom to call for what isn't the property company's. */
  duties: (scopeId: string, category: string) =>
    http.call<Answer<'getDuties'>>('GET', '/work-orders/duties', { query: { scopeId, category } }),
  createOrder: (body: NewOrder, key: string, isQuiet = false, as?: string) =>
    http.call<Order>('POST', '/work-orders', { body, key, isQuiet, as }),
  /** What neighbours have already reported there. */
  similar: (query: Query<'listSimilar'>) =>
    http.call<Answer<'listSimilar'>>('GET', '/work-orders/similar', { query }),
  follow: (scopeId: string, id: string, isFollowing: boolean, key: string) =>
    http.call<Order>('POST', `/work-orders/${id}/${isFollowing ? 'follow' : 'unfollow'}`, {
      query: { scopeId },
      key,
    }),
  orders: (query: Omit<Query<'listWorkOrders'>, 'cursor'> & { cursor?: string | null }) =>
    http.call<Answer<'listWorkOrders'>>('GET', '/work-orders', { query }),
  order: (scopeId: string, id: string) =>
    http.call<Order>('GET', `/work-orders/${id}`, { query: { scopeId } }),
  timeline: (scopeId: string, id: string) =>
    everyPage((cursor) =>
      http.call<Answer<'getTimeline'>>('GET', `/work-orders/${id}/timeline`, {
        query: { scopeId, limit: 100, ...cursor },
      }),
    ),
  /** Who could take a job over: skill and open load. */
  myShifts: () => http.call<Answer<'getMyShifts'>>('GET', '/dispatch/my-shifts'),
  candidates: (scopeId: string, id: string) =>
    http.call<Answer<'rankCandidates'>>('GET', `/dispatch/orders/${id}/candidates`, { query: { scopeId } }),
  /** The number to call; the server records who asked and why. */
  contact: (scopeId: string, id: string) =>
    http.call<Answer<'revealContact'>>('POST', `/work-orders/${id}/contact`, {
      query: { scopeId },
      body: { purpose: 'visit' } satisfies Body<'revealContact'>,
    }),
  command: (
    scopeId: string,
    id: string,
    expectedVersion: number,
    command: Command,
    key: string,
    isQuiet = false,
    as?: string,
  ) =>
    http.call<Order>('POST', `/work-orders/${id}/commands`, {
      query: { scopeId },
      body: { ...command, expectedVersion },
      key,
      isQuiet,
      as,
    }),

  messageSettings: () => http.call<Answer<'getMessageSettings'>>('GET', '/me/messages'),
  setMessageSettings: (body: Body<'setMessageSettings'>) =>
    http.call<Answer<'getMessageSettings'>>('PUT', '/me/messages', { body }),
  enterMessageAddress: (channel: string, address: string, locale: Locale) =>
    http.call<Answer<'enterMessageAddress'>>('PUT', `/me/messages/addresses/${channel}`, {
      body: { address, locale } satisfies Body<'enterMessageAddress'>,
    }),
  confirmMessageAddress: (channel: string, code: string) =>
    http.call<Answer<'getMessageSettings'>>('POST', `/me/messages/addresses/${channel}/confirm`, {
      body: { code } satisfies Body<'confirmMessageAddress'>,
    }),
  removeMessageAddress: (channel: string) =>
    http.call<Answer<'getMessageSettings'>>('DELETE', `/me/messages/addresses/${channel}`),
  wechatLink: (token: string) =>
    http.call<Answer<'readWechatLink'>>('GET', `/me/wechat/links/${encodeURIComponent(token)}`),
  takeWechatLink: (token: string) =>
    http.call<Answer<'takeWechatLink'>>('POST', `/me/wechat/links/${encodeURIComponent(token)}`),

  consents: () => http.call<Answer<'listMyConsents'>>('GET', '/me/consents'),
  giveConsent: (body: Body<'giveConsent'>, key: string) =>
    http.call<Answer<'giveConsent'>>('POST', '/me/consents', { body, key }),
  withdrawConsent: (scopeId: string, id: string) =>
    http.call<Answer<'withdrawMyConsent'>>('POST', `/me/consents/${id}/withdraw`, {
      query: { scopeId },
      body: {} satisfies Body<'withdrawMyConsent'>,
    }),
  slip: (token: string) =>
    http.call<Answer<'readSlip'>>('GET', `/slips/${encodeURIComponent(token)}`, { isQuiet: true }),
  /** What it costs, who helps, what it waits for: beside the order. */
  sheet: (scopeId: string, id: string) =>
    http.call<Answer<'getJobSheet'>>('GET', `/work-orders/${id}/working`, { query: { scopeId } }),
  working: (
    scopeId: string,
    id: string,
    act: WorkingAct & { expectedVersion?: number },
    key: string,
    isQuiet = false,
    as?: string,
  ) =>
    http.call<Answer<'commandWorking'>>('POST', `/work-orders/${id}/working`, {
      query: { scopeId },
      body: act,
      key,
      isQuiet,
      as,
    }),
  prices: (scopeId: string) =>
    http.call<Answer<'listPrices'>>('GET', '/work-orders/prices', { query: { scopeId } }),
  arrival: (scopeId: string, id: string) =>
    http.call<Answer<'getArrival'>>('GET', `/dispatch/orders/${id}/arrival`, { query: { scopeId } }),
  arrivals: (orders: readonly { scopeId: string; id: string }[]) =>
    http.call<Answer<'listArrivals'>>('GET', '/dispatch/arrivals', {
      query: { orders: orders.map(({ scopeId, id }) => `${scopeId}:${id}`).join(',') },
    }),
  offers: () => http.call<Answer<'listOffers'>>('GET', '/dispatch/offers'),
  answerOffer: (scopeId: string, id: string, body: Body<'answerOffer'>, key: string) =>
    http.call<Answer<'answerOffer'>>('POST', `/dispatch/offers/${id}`, { query: { scopeId }, body, key }),
  ownRatings: () => http.call<Answer<'readOwnRatings'>>('GET', '/work-orders/my-ratings'),
  ownRounds: () => http.call<Answer<'listOwnPatrolRounds'>>('GET', '/patrol/my-rounds'),
  doCheck: (
    round: Pick<PatrolRound, 'id' | 'scopeId'>,
    body: Body<'doPatrolCheck'>,
    key: string,
    how: { isQuiet?: boolean; as?: string } = {},
  ) =>
    http.call<PatrolRound>('POST', `/patrol/rounds/${round.id}/checks`, {
      query: { scopeId: round.scopeId },
      body,
      key,
      ...how,
    }),
  handovers: () => http.call<Answer<'listHandovers'>>('GET', '/work-orders/handovers'),
  handOver: (body: Body<'handOver'>, key: string) =>
    http.call<Answer<'handOver'>>('POST', '/work-orders/handovers', { body, key }),
  answerHandover: (id: string, answer: Body<'answerHandover'>['answer'], key: string) =>
    http.call<Answer<'answerHandover'>>('POST', `/work-orders/handovers/${id}`, { body: { answer }, key }),

  /** Somebody from outside, by their link. */
  job: (token: string) => http.call<Answer<'getContractorJob'>>('GET', `/jobs/${token}`, { isQuiet: true }),
  actOnJob: (token: string, body: Body<'actOnContractorJob'>, key: string) =>
    http.call<Answer<'actOnContractorJob'>>('POST', `/jobs/${token}`, { body, key, isQuiet: true }),
  jobContact: (token: string) =>
    http.call<Answer<'revealContactToContractor'>>('POST', `/jobs/${token}/contact`, { isQuiet: true }),
  jobPhoto: async (token: string, photo: Blob) =>
    (
      await http.call<Answer<'uploadContractorPhoto'>>('POST', `/jobs/${token}/photos`, {
        body: photo,
        key: newKey(),
        isQuiet: true,
      })
    ).id,

  pairGuardPhone: (body: Body<'pairGuardPhone'>, key: string) =>
    http.call<Answer<'pairGuardPhone'>>('POST', '/access/guard-phones', { body, key }),
  searchAtGate: (body: Body<'searchAtGate'>) =>
    http.call<Answer<'searchAtGate'>>('POST', '/access/gate-searches', { body, key: newKey() }),
  /** By a person's own word; the number in it makes asking twice one passage. */
  checkByHand: (scopeId: string, gateId: string, body: Body<'checkByHand'>) =>
    http.call<Answer<'checkByHand'>>('POST', `/access/gates/${gateId}/checks`, {
      query: { scopeId },
      body,
      isQuiet: true,
    }),
  gateNotes: (scopeId: string, gateId: string) =>
    http.call<Answer<'listGateNotes'>>('GET', `/access/gates/${gateId}/notes`, { query: { scopeId } }),
  writeGateNote: (scopeId: string, gateId: string, body: Body<'leaveGateNote'>, key: string) =>
    http.call<Answer<'leaveGateNote'>>('POST', `/access/gates/${gateId}/notes`, {
      query: { scopeId },
      body,
      key,
    }),

  inbox: (cursor: string | null) => http.call<Answer<'listInbox'>>('GET', '/inbox', { query: { cursor } }),
  ownData: () => http.call<Answer<'exportOwnData'>>('GET', '/me/data'),
  disclosures: (cursor: string | null) =>
    http.call<Answer<'listDisclosures'>>('GET', '/me/disclosures', { query: { cursor } }),
  markAllRead: () => http.call<undefined>('POST', '/inbox/read-all'),
  markRead: (id: string) => http.call<undefined>('POST', `/inbox/${id}/read`),
  unreadCount: () => http.call<Answer<'countUnread'>>('GET', '/inbox/unread-count'),
};

/** Where a voice note is played from. */
export function voiceUrl(id: string, scopeId: string): string {
  return `/api/v1/files/${id}?scopeId=${scopeId}`;
}

/** Where a photo is read from; the session's cookie opens it. */
export function photoUrl(id: string, scopeId: string, size: 'thumb' | 'full'): string {
  return `/api/v1/files/${id}?scopeId=${scopeId}&size=${size}`;
}

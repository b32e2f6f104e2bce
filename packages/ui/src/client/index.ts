/** What both web apps share to speak with the server. Import '@gongzhi/ui/client/index.ts'. */
export { everyPage } from './every-page.ts';
export {
  type CallOptions,
  createHttp,
  type Http,
  isPassing,
  type Method,
  newKey,
  pathWithQuery,
  type Query,
} from './http.ts';
export { Intent, type Meant, meant } from './intent.ts';
export { connectLive, type Live, type LiveChange, type LiveMessage, type LiveState } from './live.ts';
export { ApiProblem, type FieldProblem, problemOf, Unreachable } from './problem.ts';

export {
  type Attempt,
  cardOf,
  type Claim,
  plateOf,
  readAttempt,
  type SaidAttempt,
} from './domain/attempts.ts';
export {
  CHAIN_START,
  type ChainAnchor,
  type ChainFault,
  type ChainRow,
  faultsOfChain,
  linkText,
  type PlainPart,
  plainText,
  type WhoPart,
  whoText,
  whyText,
} from './domain/chain.ts';
export { type DeviceStanding, isOutOfProportion, standingOfDevice } from './domain/watch.ts';
export {
  COUNTED,
  type Counted,
  freeOf,
  type Tallied,
  insideOf,
  recounted,
  shownInside,
} from './domain/counts.ts';
export { demonstrationFacts, type HealthDeclaration, measureThatAsks } from './domain/health.ts';
export {
  type Allowance,
  type Bucket,
  ofGateDevice,
  ofGuesses,
  ofHealthCodes,
  take,
} from './domain/limits.ts';
export {
  COMMAND_LASTS,
  COMMAND_OUTCOMES,
  COMMAND_STATES,
  type CommandOutcome,
  commandState,
  DECLINE_REASONS,
  type DeclineReason,
  holdSecondsOf,
  isForAPersonAtTheLane,
  MOST_OPENINGS,
  OPEN_REASONS,
  OPENING_LASTS,
  OPENING_STATES,
  type OpeningAnswer,
  OPENINGS_WITHIN,
  openingState,
  type OpenReason,
  SAID_AGAIN_AFTER,
} from './domain/barriers.ts';
export { gateTopic, type GateTopicName, gateTopicsOf, readGateTopic, readGateUser } from './domain/topics.ts';

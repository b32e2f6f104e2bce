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
export { demonstrationFacts } from './domain/health.ts';
export { type Allowance, type Bucket, ofGateDevice, ofGuesses, take } from './domain/limits.ts';

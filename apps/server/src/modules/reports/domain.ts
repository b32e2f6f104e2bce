export {
  EVERY,
  faultOf,
  firstTurn,
  PERIODS,
  type PeriodRule,
  periodsFor,
  type Schedule,
  type Span,
  spanOf,
  turnAfter,
} from './domain/schedule.ts';

import type { Result } from '@gongzhi/kernel';
import { create, type FactoryFunctionMap, parseDependencies } from 'mathjs';
import type { Formula, FormulaFault } from './domain.ts';
import { checkFormula } from './domain/formula-reader.ts';

/** The library is large, and most compounds have no formula: this file is loaded when one has. */
const { parse } = create(parseDependencies as FactoryFunctionMap, { number: 'BigNumber', precision: 64 });

export const readFormula = (expression: string): Result<Formula, FormulaFault> =>
  checkFormula(expression, parse);

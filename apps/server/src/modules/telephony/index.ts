import type { Module } from '../../platform/house.ts';
import { forgetCalls, silentCalls, unsaidCalls } from './due.ts';
import { constraints, errors } from './errors.ts';
import { visibleCalls, visibleLines, visibleTasks } from './queries-visible.ts';
import { routes } from './routes.ts';
import { intakeRoutes } from './routes-intake.ts';

export const telephony: Module = {
  name: 'telephony',
  errors,
  constraints,
  routes(app, house) {
    routes(app, house);
    return intakeRoutes(app, house);
  },
  due: [silentCalls, unsaidCalls, forgetCalls],
  visibility: { phone_call: visibleCalls, phone_task: visibleTasks, phone_line: visibleLines },
};

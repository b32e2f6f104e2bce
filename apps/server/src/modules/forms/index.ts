import type { Module } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import { forgetPeople } from './consumers.ts';
import { tellFillers } from './due.ts';
import { errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleTasks } from './queries.ts';
import { routes } from './routes.ts';
import { fillingRoutes } from './routes-filling.ts';

export const forms: Module = {
  name: 'forms',
  errors,
  routes(app, house) {
    routes(app, house);
    fillingRoutes(app, house);
  },
  messages,
  consumers: [forgetPeople],
  due: [tellFillers],
  visibility: {
    form_task: async (q, acting, objects) =>
      mayAttempt(acting.role, 'form.read') ? visibleTasks(q, objects) : new Set(),
  },
};

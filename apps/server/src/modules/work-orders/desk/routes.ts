import type { App } from '../../../platform/http/app.ts';
import type { House } from '../../../platform/house.ts';
import { calendarRoutes } from './routes-calendar.ts';
import { catalogueRoutes } from './routes-catalogue.ts';
import { dutyRoutes } from './routes-duties.ts';
import { filterRoutes } from './routes-filters.ts';
import { historyRoutes } from './routes-history.ts';
import { noteRoutes } from './routes-notes.ts';
import { phoneRoutes } from './routes-phones.ts';
import { templateRoutes } from './routes-templates.ts';

export function deskRoutes(app: App, house: House): void {
  filterRoutes(app, house);
  noteRoutes(app, house);
  templateRoutes(app, house);
  historyRoutes(app, house);
  catalogueRoutes(app, house);
  calendarRoutes(app, house);
  dutyRoutes(app, house);
  phoneRoutes(app, house);
}

import { lookAtEvery } from './every-page.ts';
import { deskPages } from './pages.ts';
import { passageDeskPages } from './pages-passages.ts';

lookAtEvery('desk', [...deskPages, ...passageDeskPages]);

import { lookAtEvery } from './every-page.ts';
import { phonePages } from './pages.ts';
import { passagePhonePages } from './pages-passages.ts';

lookAtEvery('phone', [...phonePages, ...passagePhonePages]);

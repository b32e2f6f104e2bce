import records from '../../components/records.module.css';
import heating from './heating.module.css';

/** What pages of records share, and what only these have. */
export default { ...records, ...heating };

import records from '../../components/records.module.css';
import passes from './passes.module.css';

/** What pages of records share, and what only these have. */
export default { ...records, ...passes };

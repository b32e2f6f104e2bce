import records from '../../components/records.module.css';
import billing from './billing.module.css';

/** What pages of records share, and what only these have. */
export default { ...records, ...billing };

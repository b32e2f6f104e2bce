import records from '../../components/records.module.css';
import ledger from './ledger.module.css';

/** What pages of records share, and what only these have. */
export default { ...records, ...ledger };

import records from '../../components/records.module.css';
import payments from './payments.module.css';

/** What pages of records share, and what only these have. */
export default { ...records, ...payments };

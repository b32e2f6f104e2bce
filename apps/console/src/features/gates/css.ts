import matters from '../../components/matters.module.css';
import gates from './gates.module.css';

/** What pages with a table of matters share, and what only gates have. */
export default { ...matters, ...gates };

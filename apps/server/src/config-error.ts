/** One sentence for the operator; printed without a stack. */
export class ConfigError extends Error {}

// The fault of a wrong configuration.

/** Says in one sentence what in the configuration is wrong; the start stops with it. */
export class ConfigError extends Error {}

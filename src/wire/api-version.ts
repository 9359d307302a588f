/** The generally available version of the service's interface. */
export const STABLE_API_VERSION = '2024-11-15';

/** The preview that adds `customizations.inputLocale` and the operation SurrogateOnly. */
export const PREVIEW_API_VERSION = '2025-07-15-preview';

export type ApiVersion = typeof STABLE_API_VERSION | typeof PREVIEW_API_VERSION;

/** The audience of the service's tokens. */
export const SERVICE_SCOPE = 'https://deid.azure.com/.default';

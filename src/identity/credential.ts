import {
  AzureCliCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';

/** Which identity to use; of the three ids at most one is given. */
export interface IdentityOptions {
  auth: 'managed-identity' | 'azure-cli' | 'default';
  /** `system`, or the client id of a user-assigned identity. */
  identity: string;
  identityResourceId: string;
  identityObjectId: string;
}

/** The credential of a managed identity, or on request that of a developer. */
export function createCredential(options: IdentityOptions): TokenCredential {
  switch (options.auth) {
    case 'azure-cli':
      return new AzureCliCredential();
    case 'default':
      return new DefaultAzureCredential();
    case 'managed-identity':
      return createManagedIdentityCredential(options);
  }
}

function createManagedIdentityCredential(options: IdentityOptions): TokenCredential {
  const { identity, identityResourceId: resourceId, identityObjectId: objectId } = options;
  if (resourceId !== '') return new ManagedIdentityCredential({ resourceId });
  if (objectId !== '') return new ManagedIdentityCredential({ objectId });
  return identity === 'system'
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId: identity });
}

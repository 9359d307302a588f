/** The roles of Azure's built-in roles that the emulator knows, by their display names. */
export type RoleName =
  | 'Storage Blob Data Reader'
  | 'Storage Blob Data Contributor'
  | 'DeID Data Owner'
  | 'DeID Batch Data Owner'
  | 'DeID Batch Data Reader'
  | 'DeID Realtime Data User';

/** A role of an identity. Storage roles hold for one container, or for the account without one. */
export interface RoleGrant {
  role: RoleName;
  container?: string;
}

/** A managed identity of the emulated tenant. */
export interface EmulatedIdentity {
  kind: 'system' | 'user';
  objectId: string;
  clientId: string;
  resourceId: string;
  roles: RoleGrant[];
}

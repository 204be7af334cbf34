/**
 * One operation of a vendor's public documentation, written by hand from the fact sheets. The generated document is checked
 * against it, and SUPPORTED.md lists it.
 */
export interface VendorOperation {
  /** The vendor's own operation id, or else the name that its clients give the operation. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** In OpenAPI's form: `/v1/orgs/self/users/{user}/apikeys`. */
  readonly path: string;
  readonly successStatus: number;
  /** Fields that a successful answer always has, in wire order: of the object, or of each element of a list. */
  readonly fields: readonly string[];
  /** The source in the fact sheet, in a few words. */
  readonly source: string;
}

/**
 * One operation of a vendor's public documentation, written by hand from the fact sheets: what our generated document is
 * checked against, and what SUPPORTED.md lists.
 */
export interface VendorOperation {
  /** The vendor's own operation id; where it has none, what its clients call the operation. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** In OpenAPI's form: `/v1/orgs/self/users/{user}/apikeys`. */
  readonly path: string;
  readonly successStatus: number;
  /** Fields that the success answer always has, in wire order: of the object, or of an element where it is a list. */
  readonly fields: readonly string[];
  /** Where the fact sheet knows it from, in a few words. */
  readonly source: string;
}

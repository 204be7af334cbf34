import { WireError } from '../../../../provider/provider.ts';
import { brokenRule, malformed, tooLong, tooShort } from '../../wire/errors.ts';
import type { Role } from './users.ts';

/** The fields of a user in a request body; a field that is absent is empty. */
export interface UserFields {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: string;
}

/** Reads the fields of a decoded body and trims them. */
export function readUserFields(given: Partial<UserFields>): UserFields {
  const { id = '', email = '', name = '', password = '', role = '' } = given;
  return { id, email: email.trim(), name: name.trim(), password: password.trim(), role: role.trim() };
}

const lengths = [
  { field: 'id', called: 'ID', min: 0, max: 64 },
  { field: 'email', called: 'Email', min: 1, max: 200 },
  { field: 'name', called: 'Name', min: 0, max: 200 },
  { field: 'password', called: 'Password', min: 0, max: 200 },
  { field: 'role', called: 'Role', min: 0, max: 36 },
] as const;

/** Checks the fields in the order of the real server's struct. Throws the 400 of the first that breaks a rule. FIDELITY: Users. */
export function checkFields(fields: UserFields, operation: 'create' | 'update'): void {
  for (const { field, called, min, max } of lengths) {
    if (field === 'id' && operation === 'create') continue;
    const bytes = Buffer.byteLength(fields[field]);
    if (bytes < min) throw new WireError(tooShort(called, min));
    if (bytes > max) throw new WireError(tooLong(called, max));
    if (field === 'email' && fields.email.split('@').length !== 2) throw new WireError(malformed(called));
  }
}

/** The role, if the API can give it to a user. Throws the 400 with the real server's sentence otherwise. */
export function checkRole(role: string): Role {
  if (role === 'INFRA_ADMIN' || role === 'USER') return role;
  throw new WireError(brokenRule('Bad user role, must be INFRA_ADMIN or USER.'));
}

const leastBytes = 8;
const groups = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*~_/?.,;<>(){}[\]\\=+-]/];

/** Throws the 400 with the real server's sentence for a weak password; demonstration tenants accept any password. */
export function checkPassword(password: string, tenant: string): void {
  if (isDemonstration(tenant)) return;
  if (Buffer.byteLength(password) < leastBytes) {
    throw new WireError(brokenRule(`Bad user password, password length must be at least ${leastBytes}`));
  }
  if (groups.some((group) => !group.test(password))) throw new WireError(brokenRule(tooPlain));
}

const tooPlain = 'Bad user password, must have char from all of the following groups: lower case, upper case, digit, special';

const demonstrationTenants = ['tenant-id-waldot', 'tenant-id-numart-stores', 'tenant-id-smart-retail'];

function isDemonstration(tenant: string): boolean {
  return tenant.startsWith('tid-demo-') || demonstrationTenants.includes(tenant);
}

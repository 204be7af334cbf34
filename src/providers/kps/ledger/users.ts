import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const users: readonly BehaviourRow[] = about('Users', [
  {
    behaviour: 'a user has nine fields in this order: id, version, tenantId, createdAt, updatedAt, email, name, password, role',
    evidence: 'server source',
    differs: 'the masked hash of the password is not bcrypt, but has its length',
    test: 'accounts/users/get-user.test.ts > shows all nine fields in wire order, and a newline',
  },
  {
    behaviour: 'infra admins see the users of their tenant, others only themselves; anything else is a 404',
    evidence: 'server source',
    differs: 'without projects: real users also see those with whom they share one',
    test: 'accounts/users/get-user.test.ts > for %s',
  },
  {
    behaviour: 'the list is a page: index, size (200000 by default), count, keys to order by, `result`',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > gives an infra admin all users of the tenant, by id, on one line',
  },
  {
    behaviour: 'the count is that of the tenant, for every caller',
    evidence: 'inferred',
    test: 'accounts/users/list-users.test.ts > gives other callers only themselves, and still counts all',
  },
  {
    behaviour: 'pages are in the order of ids, whatever `orderBy` says; it is only checked and repeated in the answer',
    evidence: 'inferred',
    differs: 'where a page starts under another order is not known',
    test: 'accounts/users/list-users.test.ts > repeats orderBy in the answer, but sorts by id: %j',
  },
  {
    behaviour: '`filter` selects users, in the syntax of SQL',
    evidence: 'server source',
    differs: 'not emulated: it is ignored',
    test: 'accounts/users/list-users.test.ts > ignores a filter',
  },
  {
    behaviour: '`/v1.0/users/` lists as well',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > is the same with a slash at the end, which is not redirected',
  },
  {
    behaviour:
      'creation checks the body, the lengths, the e-mail, the role and the password, and only then that the caller is an infra admin (403 `RBAC/AdminRequired`)',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > for a caller who is not an infra admin, after all checks of the fields',
  },
  {
    behaviour: 'each broken rule has its own code and text',
    evidence: 'server source',
    differs: 'a `version` that is not a number is ignored',
    test: 'accounts/users/create-user.test.ts > %s',
  },
  {
    behaviour: 'fields are trimmed, and the e-mail is stored in lower case',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > an e-mail is stored in lower case, and fields are trimmed',
  },
  {
    behaviour: 'a client may choose an id of 8 to 36 letters, digits, `-`, `@` and dots; any other is replaced',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > an id may be chosen: %s',
  },
  {
    behaviour: 'an e-mail is unique over all tenants: a second one is a 400 with `email` in the place of an id',
    evidence: 'server source',
    differs: 'that the constraint covers the e-mail alone is inferred',
    test: 'accounts/users/create-user.test.ts > an e-mail is unique over all tenants',
  },
  {
    behaviour: 'an id that another user has is a 400 with `id` in that place',
    evidence: 'inferred',
    test: 'accounts/users/create-user.test.ts > %s',
  },
  {
    behaviour: 'a password has at least 8 bytes and all four kinds of characters; demonstration tenants accept any',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > a demonstration tenant accepts any password: %s',
  },
  {
    behaviour: 'an update needs the e-mail; it may leave out name, password and role if the user exists, else it is a 404',
    evidence: 'server source',
    differs: 'the present hash always passes the checks of a password',
    test: 'accounts/users/update-user.test.ts > an incomplete body for an unknown user is a 404, before the role is checked',
  },
  {
    behaviour: 'an update with all fields is a 200 with the id, whether there is such a user or not',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > with a complete body, an id without a user in the tenant is echoed, and nothing changes: %s',
  },
  {
    behaviour: 'users may change themselves, but not make themselves infra admins',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > users may change themselves, but not make themselves infra admins',
  },
  {
    behaviour: 'after a change of password, sessions and tokens still work',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > a new password counts from the next log-in on; sessions and tokens still work',
  },
  {
    behaviour: 'a deletion of a user deletes its tokens too (ON DELETE CASCADE)',
    evidence: 'server source',
    differs: 'it also revokes the sessions, which the real server refuses because they have no user',
    test: 'accounts/users/delete-user.test.ts > all tokens and sessions of the user are revoked and no longer listed',
  },
  {
    behaviour: 'a token that is created during the deletion of its user is not kept',
    evidence: 'inferred',
    differs: 'answered 401; there the foreign key of the token refuses it, with an unknown text',
    test: 'accounts/users/delete-user.test.ts > tokens and sessions that are created during the deletion do not outlive the user',
  },
  {
    behaviour: 'when no user is deleted, the answer is a 200 `{"id":""}`',
    evidence: 'server source',
    test: 'accounts/users/delete-user.test.ts > an id without a user in the tenant gives an empty id: %s',
  },
  {
    behaviour: 'the tokens of a deleted user stay refused when a user with the same id and e-mail is created',
    evidence: 'server source',
    differs: 'so do the sessions, which work again there until they expire',
    test: 'accounts/users/delete-user.test.ts > the e-mail and the id are free again, but the old tokens stay refused',
  },
  {
    behaviour: 'only infra admins may ask whether an e-mail is free (403 `RBAC`); users of all tenants count, in any case',
    evidence: 'server source',
    test: 'accounts/users/email-available.test.ts > tells whether an e-mail is free: %s',
  },
  {
    behaviour: 'the emulated operations neither create nor list tenants',
    evidence: 'server source',
    differs: 'a tenant exists as soon as a user of the seed belongs to it',
    test: 'seed/seed-file.test.ts > has users of two tenants besides the first administrator, and each sees only its own',
  },
  {
    behaviour: 'operators may create users in other tenants',
    evidence: 'server source',
    differs: 'not emulated: operators have the rights of a USER',
    test: 'matrix.test.ts > $operation by $caller: $outcome',
  },
]);

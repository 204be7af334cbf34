import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const users: readonly BehaviourRow[] = about('Users', [
  {
    behaviour: 'nine fields in this order: id, version, tenantId, createdAt, updatedAt, email, name, password, role',
    evidence: 'server source',
    differs: 'what the hash of the password is masked from has the length of the real one (bcrypt)',
    test: 'accounts/users/get-user.test.ts > shows all nine fields in wire order, and a newline',
  },
  {
    behaviour: 'an infra admin sees the users of his tenant, others themselves; else 404',
    evidence: 'server source',
    differs: 'there are no projects: real users see those they share one with',
    test: 'accounts/users/get-user.test.ts > for %s',
  },
  {
    behaviour: 'the list is a page: index, size (200000 unless asked), count, keys to order by, `result`',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > gives an infra admin all users of the tenant, by id, on one line',
  },
  {
    behaviour: 'the count is that of the tenant, whoever asks',
    evidence: 'inferred',
    test: 'accounts/users/list-users.test.ts > gives everybody else himself, and still counts all',
  },
  {
    behaviour: 'pages follow the ids, whatever `orderBy` says; it is checked and echoed',
    evidence: 'inferred',
    differs: 'which page starts where under another order is not known',
    test: 'accounts/users/list-users.test.ts > an order is echoed, and the order stays that of the ids: %j',
  },
  {
    behaviour: '`filter` selects, in the syntax of SQL',
    evidence: 'server source',
    differs: 'not emulated: it is overlooked',
    test: 'accounts/users/list-users.test.ts > a filter is overlooked',
  },
  {
    behaviour: '`/v1.0/users/` lists as well',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > is the same with a slash at the end, which is not redirected',
  },
  {
    behaviour:
      'on creation: the body, the lengths, the e-mail, the role, the password, and only then whether one is an infra admin (403 `RBAC/AdminRequired`)',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > for whoever is no infra admin, after everything that is wrong with the user',
  },
  {
    behaviour: 'texts and codes of what is wrong with a user',
    evidence: 'server source',
    differs: 'a `version` that is no number is overlooked',
    test: 'accounts/users/create-user.test.ts > %s',
  },
  {
    behaviour: 'blanks around a field are dropped, the e-mail is stored in lower case',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > an e-mail is stored in lower case, and blanks around a field are dropped',
  },
  {
    behaviour: 'an id of 8 to 36 letters, digits, `-`, `@` and dots may be chosen; any other is replaced',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > an id may be chosen: %s',
  },
  {
    behaviour: 'an e-mail is there once in all tenants: 400, `email` in the place of an id',
    evidence: 'server source',
    differs: 'that the constraint is on the e-mail alone is inferred',
    test: 'accounts/users/create-user.test.ts > an e-mail is unique over all tenants',
  },
  {
    behaviour: 'an id that another user has: 400, `id` in its place',
    evidence: 'inferred',
    test: 'accounts/users/create-user.test.ts > %s',
  },
  {
    behaviour: 'passwords of 8 bytes and more, with all four kinds of characters; in demonstration tenants any',
    evidence: 'server source',
    test: 'accounts/users/create-user.test.ts > a demonstration tenant takes any password: %s',
  },
  {
    behaviour: 'an update needs the e-mail; name, password and role may be left out of it, and then the user must be there: 404',
    evidence: 'server source',
    differs: 'his present hash always passes for a password',
    test: 'accounts/users/update-user.test.ts > a user who is not there cannot be completed: 404 before the role is looked at',
  },
  {
    behaviour: 'an update with everything is 200 with the id, whether there is such a user or not',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > an id of no user of the tenant is echoed where the body has everything, and nothing changes: %s',
  },
  {
    behaviour: 'everybody may change himself, short of becoming an infra admin',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > everybody may change himself, short of becoming an infra admin',
  },
  {
    behaviour: 'a new password leaves sessions and tokens alone',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > a new password counts from the next log-in on, and leaves sessions and tokens alone',
  },
  {
    behaviour: 'a deletion takes the tokens of the user along (ON DELETE CASCADE)',
    evidence: 'server source',
    differs: 'and revokes his sessions, which are refused there for want of a user',
    test: 'accounts/users/delete-user.test.ts > his tokens go with him, active or not, and his sessions; nobody lists them',
  },
  {
    behaviour: 'what is made for a user while he is deleted goes with him',
    evidence: 'inferred',
    differs: 'answered 401; there the foreign key of the token refuses it, in words that are not known',
    test: 'accounts/users/delete-user.test.ts > tokens and sessions that are made while their user goes do not outlive him',
  },
  {
    behaviour: 'where nobody is deleted the answer is 200 `{"id":""}`',
    evidence: 'server source',
    test: 'accounts/users/delete-user.test.ts > an id of no user of the tenant gives an empty id: %s',
  },
  {
    behaviour: 'the tokens of a user who was deleted stay gone when one like him is created',
    evidence: 'server source',
    differs: 'his sessions too, which work again there until they expire',
    test: 'accounts/users/delete-user.test.ts > the e-mail and the id are free again, and the tokens stay gone',
  },
  {
    behaviour: 'whether an e-mail is free: for infra admins (403 `RBAC`), over all tenants, in any case',
    evidence: 'server source',
    test: 'accounts/users/email-available.test.ts > says of %s whether it is free',
  },
  {
    behaviour: 'tenants are neither created nor listed',
    evidence: 'server source',
    differs: 'one is there as soon as a user of the seed belongs to it',
    test: 'seed/seed-file.test.ts > has users of two tenants, each seeing his own, beside the first administrator',
  },
  {
    behaviour: 'operators may create users in other tenants',
    evidence: 'server source',
    differs: 'not emulated: to them the rules of everybody apply',
    test: 'matrix.test.ts > $operation by $caller: $outcome',
  },
]);

import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Token format', [
    {
      behaviour:
        "a JWT by HS256 with the header `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9` and claims in alphabetical order, spelled by Go's encoder",
      evidence: 'server source',
      differs: 'the signing secret is a setting of the world, from the seed and visibly fake',
      test: 'keys/token-format.test.ts > an API token is a JWT with claims in alphabetical order, its own id, a type, and no expiry',
    },
    {
      behaviour: 'API tokens have no `exp` and never expire',
      evidence: 'server source',
      differs: 'a seed may give one an expiry; after it the token is refused and shown as inactive',
      test: 'keys/states.test.ts > does not change with time: ten years later it is still active or inactive',
    },
    {
      behaviour: '`specialRole` is `admin`, `none`, `operator` or `operator_tenant`',
      evidence: 'server source',
      test: 'keys/roles.test.ts > %s is not an infra admin, and its tokens say %s',
    },
  ]),
  ...about('Create', [
    {
      behaviour: '200 with `id`, `tenantId`, `userId` and `token`; the token is not shown again',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > the token works at once, and its secret is shown only this once',
    },
    {
      behaviour: '`active` is ignored and may be missing: a token is always created active, even from `{}`',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body is accepted that %s',
    },
    {
      behaviour: 'nothing in the body is stored',
      evidence: 'server source',
      differs: 'nor is `usedAt`, which the real server stores',
      test: 'keys/create-token.test.ts > the body does not decide what is stored',
    },
    {
      behaviour: 'a user has at most two tokens, inactive ones included; a third is a 400 `max already reached`',
      evidence: 'server source',
      differs:
        'checked in one step with the insertion, so that the `max already reached 2` of a lost race never occurs; `tokensPerUser` is a setting of the world',
      test: 'keys/create-token.test.ts > holds when 50 are created at once: exactly two succeed',
    },
    {
      behaviour: 'an API token may create, disable and delete tokens, itself included',
      evidence: 'server source',
      test: 'keys/states.test.ts > that disables itself still gets that answer; its next call is refused',
    },
  ]),
  ...about('List', [
    {
      behaviour:
        'the tokens of the caller, also for infra admins, with seven fields and one object a line; `[]` when there are none',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
    },
    {
      behaviour: 'all tokens of the tenant for infra admins; a 403 `RBAC/userID` for others',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > for a caller who is not an infra admin',
    },
    {
      behaviour: 'the database decides the order',
      evidence: 'assumed',
      differs: 'by creation, then by id',
      test: 'keys/list-tokens.test.ts > separates tokens by a comma at the start of the next line, the oldest first',
    },
    {
      behaviour: 'lists have no parameters',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > has no parameters: a query changes nothing',
    },
  ]),
  ...about('Update', [
    {
      behaviour:
        "the body is checked first, then its `userId`: an empty one is a 400 `userID`, and so is another user's unless the caller is an infra admin",
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an infra admin must name the owner too',
    },
    {
      behaviour:
        'when no token of that user in the tenant has the id, the answer is a 200 with the id of the path, and nothing changes',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an id %s is echoed, and nothing changes',
    },
    {
      behaviour: 'only `active` and `updatedAt` change; `updatedAt` changes even when `active` stays the same',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > moves updatedAt, even when the state stays the same, and nothing else',
    },
    {
      behaviour: 'a missing or null `active` disables the token',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an active that is %s means false: the token is disabled',
    },
    {
      behaviour: 'once an inactive token is enabled, the same JWT works again',
      evidence: 'server source',
      test: 'keys/states.test.ts > is made inactive and active again by %s; the same token works again',
    },
  ]),
  ...about('Delete', [
    {
      behaviour: 'only the tokens of the caller, also for infra admins; otherwise the answer is a 200 `{"id":""}`',
      evidence: 'server source',
      test: 'keys/delete-token.test.ts > %s cannot delete the token of another user: the id is empty and the token still works',
    },
    {
      behaviour: 'a deleted token never works again, and no longer counts towards the limit',
      evidence: 'server source',
      test: 'keys/states.test.ts > that is deleted, active or not, never works again and makes room for another',
    },
  ]),
];

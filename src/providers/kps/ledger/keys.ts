import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Token format', [
    {
      behaviour: "HS256, header `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9`, claims in alphabetical order, spelled by Go's encoder",
      evidence: 'server source',
      differs: 'the signing secret is a setting of the world, part of the seed and visibly fake',
      test: 'keys/token-format.test.ts > an API token is a JWT with claims in alphabetical order, its own id, a type, and no expiry',
    },
    {
      behaviour: 'API tokens have no `exp`: they never expire',
      evidence: 'server source',
      differs: 'a seed may give one an expiry all the same; after it the token is refused, and shown as inactive',
      test: 'keys/states.test.ts > is not changed by time: ten years later it is as it was, active or inactive',
    },
    {
      behaviour: '`specialRole` is `admin`, `none`, `operator` or `operator_tenant`',
      evidence: 'server source',
      test: 'keys/roles.test.ts > %s is no infra admin, and its tokens say %s',
    },
  ]),
  ...about('Create', [
    {
      behaviour: 'status 200; `id`, `tenantId`, `userId`, `token`; the token is not shown again',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > the token works at once, and its secret is shown only this once',
    },
    {
      behaviour: '`active` is ignored and may be missing: a token is always created active; `{}` will do',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body is accepted that %s',
    },
    {
      behaviour: 'nothing in the body is stored',
      evidence: 'server source',
      differs: '`usedAt` neither, which the real server stores',
      test: 'keys/create-token.test.ts > nothing in the body decides what is stored',
    },
    {
      behaviour: 'two tokens a user at most, inactive ones included: 400 `max already reached`',
      evidence: 'server source',
      differs:
        'checked in one step with the insertion, so that `max already reached 2`, of a lost race, never shows; `tokensPerUser` is a setting of the world',
      test: 'keys/create-token.test.ts > holds when 50 are created at once: exactly two are',
    },
    {
      behaviour: 'an API token may make, disable and delete tokens, itself too',
      evidence: 'server source',
      test: 'keys/states.test.ts > that disables itself has its answer, and the next call is refused',
    },
  ]),
  ...about('List', [
    {
      behaviour: 'seven fields, one object a line; own tokens, of infra admins too; `[]` where there are none',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
    },
    {
      behaviour: 'all tokens of the tenant, for infra admins; 403 `RBAC/userID` for others',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > for everybody but an infra admin',
    },
    {
      behaviour: "the order is the database's own",
      evidence: 'assumed',
      differs: 'by creation, then by id',
      test: 'keys/list-tokens.test.ts > separates tokens by a comma at the start of the next line, the oldest first',
    },
    {
      behaviour: 'no parameters',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > knows no parameters: a query changes nothing',
    },
  ]),
  ...about('Update', [
    {
      behaviour: "the body first, then its `userId`: empty is 400 `userID`, another's is too unless an infra admin asks",
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an infra admin too must name somebody',
    },
    {
      behaviour: 'whoever matches no token of that user in the tenant gets 200 with the id of the path, and nothing changes',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an id %s is echoed, and nothing changes',
    },
    {
      behaviour: 'only `active` and `updatedAt` change; the latter even where the state stays',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > moves updatedAt, even where the state stays, and nothing else',
    },
    {
      behaviour: 'a missing or null `active` disables the token',
      evidence: 'server source',
      test: 'keys/update-token.test.ts > an active that is %s means false: the token is disabled',
    },
    {
      behaviour: 'an inactive token works again, the same JWT, once it is enabled',
      evidence: 'server source',
      test: 'keys/states.test.ts > is made inactive and active again by %s; the same token works again',
    },
  ]),
  ...about('Delete', [
    {
      behaviour: 'own tokens only, for infra admins too; where nothing matched the answer is 200 `{"id":""}`',
      evidence: 'server source',
      test: 'keys/delete-token.test.ts > %s cannot delete the token of another: the id is empty and the token works on',
    },
    {
      behaviour: 'a deleted token is gone for good, and its place is free',
      evidence: 'server source',
      test: 'keys/states.test.ts > that is deleted is gone for good, active or not, and leaves its place to another',
    },
  ]),
];

import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Errors', [
    {
      behaviour:
        'an error always has nine fields, with a random UUID as `trace_id`; until March 2024 it has no `virtual_instance_rrn` of the specification',
      evidence: 'recorded',
      differs:
        'all texts but those of the 401 and of the 404 of a role are ours; `message_key`, which clients read, is null where it was not recorded or modelled. In mid-2024 there were eleven fields, and a null `trace_id`',
      test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: an unknown role is refused in the recorded words',
    },
    {
      behaviour:
        'before March 2023 an error has six fields (`message`, `type`, `line`, `column`, `trace_id`, `error_id`), and its type is in CamelCase: `NotFound`',
      evidence: 'recorded',
      differs: 'the profile 2021; only `NotFound` and `QueryError` were recorded, the other types are spelt alike (inferred)',
      test: 'profiles.test.ts > so is the %i of a fault',
    },
    {
      behaviour: 'the values of a body are checked, and the first one that is wrong is named: 400 `INVALIDINPUT`',
      evidence: 'assumed',
      differs: 'the texts are ours',
      test: 'keys/create-key.test.ts > %s is refused, and nothing is stored',
    },
    {
      behaviour: 'each status has a `type`',
      evidence: 'assumed',
      differs: 'chosen from the types of the specification; 404 `NOTFOUND` is recorded',
      test: 'keys/robustness.test.ts > a creation or an update with any body succeeds or answers a complete error',
    },
  ]),
  ...about('HTTP', [
    {
      behaviour:
        'every answer has CORS headers and `Cache-Control: no-store`; the content type is `application/json` without a charset',
      evidence: 'recorded',
      differs:
        '`Strict-Transport-Security` and `Server` are left out, since this is plain http on localhost; so is `Vary: Accept-Encoding, User-Agent`, which the proxy before the server added to 241 of 281 answers of 2024',
      test: 'wire/http.test.ts > every answer has the recorded headers, success or error',
    },
    {
      behaviour: 'OPTIONS on any path is 200 with an empty body, without a key',
      evidence: 'assumed',
      test: 'wire/http.test.ts > OPTIONS %s gets 200 without a key, with an empty body',
    },
    {
      behaviour: 'an unknown path is 404 `NOTFOUND`, with and without a key',
      evidence: 'specification',
      differs:
        "the status is from the vendor's REST page (404: resource or URL not found); that no key is needed, and the text, are assumed",
      test: 'wire/http.test.ts > %s %s is an unknown path, with and without a key',
    },
    {
      behaviour: 'a wrong method, HEAD included, is 405 with `Allow`, without a key',
      evidence: 'assumed',
      test: 'wire/http.test.ts > %s is not a method of %s',
    },
    {
      behaviour: 'a missing or empty body, JSON without a content type, and a JSON content type on GET and DELETE are accepted',
      evidence: 'client-proven',
      test: 'keys/update-key.test.ts > a missing body counts as an empty one, with and without a content type',
    },
    {
      behaviour: 'any other content type is 415',
      evidence: 'assumed',
      test: 'wire/http.test.ts > the content type %s is not supported',
    },
    {
      behaviour: 'a body that is not JSON is 400 `BADREQUEST`, one with wrong fields 400 `INVALIDINPUT`',
      evidence: 'assumed',
      test: 'wire/http.test.ts > %j is not JSON',
    },
    {
      behaviour: 'JSON with more than a thousand levels is 400 `BADREQUEST`',
      evidence: 'assumed',
      test: 'wire/http.test.ts > JSON with more than a thousand levels inside the first is nested too deeply',
    },
    {
      behaviour: 'an `Expect` other than `100-continue` is a 417 in the shape of the other errors, of the type `BADREQUEST`',
      evidence: 'assumed',
      test: '../framework-errors.test.ts > any other expectation',
    },
    {
      behaviour: 'a body of more than 1 MiB is 413',
      evidence: 'assumed',
      test: 'wire/http.test.ts > a body of more than a mebibyte is too large',
    },
    {
      behaviour: '`Accept` is ignored, so no answer is 406',
      evidence: 'assumed',
      test: 'wire/http.test.ts > the Accept header is ignored: the answer is JSON',
    },
    {
      behaviour: 'requests are limited to 500 reads, 50 writes and 10 invitations a minute',
      evidence: 'specification',
      differs: 'from the documentation; here they are not limited, but a fault can answer 429',
      test: 'keys/create-key.test.ts > 200 concurrent creations of different names give 200 keys',
    },
    {
      behaviour: 'all other operations of the specification answer 501 `NOTIMPLEMENTEDYET` to a key that may call them',
      evidence: 'assumed',
      differs:
        'each requires an action, chosen by its name, whose limits are ignored; nothing is stored; `setCollectionState` has an assumed id and path: of the last specification only its method (PUT) and its purpose are known, and an early generated JavaScript client had POST `…/collections/{collection}/state/{state}`',
      test: 'unimplemented.test.ts > %s answers 501 to a key that may call it, and refuses all others first',
    },
  ]),
];

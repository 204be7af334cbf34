import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Errors', [
    {
      behaviour: 'nine fields, always all, `trace_id` a random UUID; `virtual_instance_rrn` of the specification never',
      evidence: 'recorded',
      differs: "texts other than that of the role's 404 are ours; `message_key` is null where none was recorded or modelled",
      test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: a role that is not there is not found, in the words that were recorded',
    },
    {
      behaviour: 'which `type` goes with which status',
      evidence: 'assumed',
      differs: 'from the list of types in the specification; 404 `NOTFOUND` is recorded',
      test: 'keys/robustness.test.ts > whatever a creation or an update is sent, it succeeds or says in full what was wrong',
    },
  ]),
  ...about('HTTP', [
    {
      behaviour: 'CORS and `Cache-Control: no-store` on every answer; `application/json` without a charset',
      evidence: 'recorded',
      differs: '`Strict-Transport-Security` and `Server` are left out: this is plain http on localhost',
      test: 'wire/http.test.ts > every answer has the recorded ones, good or bad',
    },
    {
      behaviour: 'OPTIONS on any path: 200, empty, without a key',
      evidence: 'assumed',
      test: 'wire/http.test.ts > OPTIONS %s is answered without a key and without a body',
    },
    {
      behaviour: 'an unknown path is 404 `NOTFOUND`, with and without a key',
      evidence: 'assumed',
      differs: 'in the shape that clients index (`message`, `type`)',
      test: 'wire/http.test.ts > %s %s is not there, with and without a key',
    },
    {
      behaviour: 'a wrong method (HEAD too) is 405 with `Allow`, without a key',
      evidence: 'assumed',
      test: 'wire/http.test.ts > %s %s is no method of that path',
    },
    {
      behaviour: 'no body, an empty one, JSON without a content type, a JSON content type on GET and DELETE: all fine',
      evidence: 'client-proven',
      test: 'keys/update-key.test.ts > no body at all is an empty one, with and without a content type',
    },
    {
      behaviour: 'another content type is 415',
      evidence: 'assumed',
      test: 'wire/http.test.ts > the content type %s is not supported',
    },
    {
      behaviour: 'not JSON is 400 `BADREQUEST`, wrong fields are 400 `INVALIDINPUT`',
      evidence: 'assumed',
      test: 'wire/http.test.ts > %j is not JSON',
    },
    {
      behaviour: 'JSON of more than a thousand levels is 400 `BADREQUEST`',
      evidence: 'assumed',
      test: 'wire/http.test.ts > JSON of more than a thousand levels below its own is nested too deeply',
    },
    {
      behaviour: 'a body of more than 1 MiB is 413',
      evidence: 'assumed',
      test: 'wire/http.test.ts > a body of more than a mebibyte is too large',
    },
    {
      behaviour: '`Accept` is not looked at: there is no 406',
      evidence: 'assumed',
      test: 'wire/http.test.ts > what a client accepts is not looked at: the answer is JSON',
    },
    {
      behaviour: 'rate limits (500 reads, 50 writes, 10 invitations a minute) are off',
      evidence: 'specification',
      differs: 'documented; a fault can be told to answer 429',
      test: 'keys/create-key.test.ts > 200 concurrent creations of different names give 200 keys',
    },
    {
      behaviour: 'the other 81 operations of the specification answer 501 `NOTIMPLEMENTEDYET` to who may call them',
      evidence: 'assumed',
      differs: 'an action guards each, by its name alone, whatever it is limited to; nothing is stored',
      test: 'unimplemented.test.ts > %s says so to who may call it, and refuses everybody else first',
    },
  ]),
];

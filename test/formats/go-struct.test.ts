import { describe, expect, test } from 'vitest';
import { GoJsonError } from '../../src/formats/go-json.ts';
import { decodeGoStruct } from '../../src/formats/go-struct.ts';

const fields = { username: 'string', active: 'bool', kind: 'string', at: 'time.Time' } as const;
const decode = (text: string) => decodeGoStruct(text, 'main.loginBody', fields);

describe('what is decoded', () => {
  test.each([
    ['{"username":"alice","active":true}', { username: 'alice', active: true }],
    ['{}', {}],
    ['null', {}],
    ['{"username":null,"active":null}', {}],
    ['{"unknown":{"deep":[1]},"username":"a"}', { username: 'a' }],
    ['{"USERNAME":"a","Active":false}', { username: 'a', active: false }],
    ['{"userName":"a","username":"b"}', { username: 'b' }],
    ['{"username":"a","userName":"b"}', { username: 'b' }],
    ['{"u\u017fername":"long s","\u212aind":"Kelvin sign"}', { username: 'long s', kind: 'Kelvin sign' }],
    ['{"username ":"a","user_name":"b","__proto__":{"username":"c"}}', {}],
    ['{"username":"a"} and more', { username: 'a' }],
    [String.raw`{"username":"\ud800x"}`, { username: '\ufffdx' }],
    ['{"username":""}', { username: '' }],
    ['{"At":"1970-01-01T00:00:01.5Z"}', { at: 1500 }],
  ])('%s', (text, struct) => {
    expect(decode(text)).toEqual(struct);
  });
});

describe("Go's texts", () => {
  test.each([
    ['', 'EOF'],
    ['{"username":"a"', 'unexpected EOF'],
    ['{"username":1', 'unexpected EOF'],
    ['{"username":1}', 'json: cannot unmarshal number into Go struct field loginBody.username of type string'],
    ['{"USERNAME":true}', 'json: cannot unmarshal bool into Go struct field loginBody.username of type string'],
    ['{"username":[]}', 'json: cannot unmarshal array into Go struct field loginBody.username of type string'],
    ['{"username":{}}', 'json: cannot unmarshal object into Go struct field loginBody.username of type string'],
    ['{"active":"yes"}', 'json: cannot unmarshal string into Go struct field loginBody.active of type bool'],
    ['{"active":0,"username":1}', 'json: cannot unmarshal number into Go struct field loginBody.active of type bool'],
    ['[]', 'json: cannot unmarshal array into Go value of type main.loginBody'],
    ['"x"', 'json: cannot unmarshal string into Go value of type main.loginBody'],
    ['1', 'json: cannot unmarshal number into Go value of type main.loginBody'],
    ['true', 'json: cannot unmarshal bool into Go value of type main.loginBody'],
  ])('%j', (text, message) => {
    expect(() => decode(text)).toThrow(new GoJsonError(message));
  });
});

#!/usr/bin/env bash
# Checks what key-service.sh guarantees, against the latchkey at LATCHKEY_URL. Stops at the first check that fails.
set -euo pipefail
cd "$(dirname "$0")"

latchkey() { curl -sSf -o /dev/null -X POST "$LATCHKEY_URL/_latchkey/$1" "${@:2}"; }
service() { bash key-service.sh "$@"; }
fail() { echo "not so: $*" >&2; exit 1; }
works() { service "${@:2}" >/dev/null || fail "$1"; echo "$1"; }
# Compares the whole refusal, except for the trace id, which differs in each answer.
refused() {
  local said
  if said=$(service "${@:3}" 2>&1); then fail "$1: it is answered"; fi
  [[ $(sed 's/"trace_id":"[^"]*"/"trace_id":…/' <<<"$said") == "$2" ]] || fail "$1: $said"
  echo "$1"
}
refusal() {
  echo "$1 {\"message\":\"$3\",\"message_key\":null,\"type\":\"$2\",\"line\":null,\"column\":null,\"trace_id\":…,\"error_id\":null,\"query_id\":null,\"internal_errors\":null}"
}
unauthenticated=$(refusal 401 AUTHEXCEPTION 'Authentication Failure')
forbidden=$(refusal 403 FORBIDDEN 'Not authorized to perform this action')
keys_of_member=/v1/orgs/self/users/member@me.com/apikeys
invitation=(/v1/orgs/self/users '{"email":"eve@example.com","roles":["read-only"]}')

latchkey reset
old=$(service mint nightly read-only)
works "a minted key works" use "$old"
new=$(service rotate nightly nightly-2)
refused "after a rotation the old key is refused" "$unauthenticated" use "$old"
works "and the new one works" use "$new"
refused "in the same role" "$forbidden" use "$new" "${invitation[@]}"
service revoke nightly-2
refused "a revoked key is refused from the next request on" "$unauthenticated" use "$new"

latchkey reset
key=$(service mint nightly read-only)
service suspend nightly
refused "a suspended key is refused" "$unauthenticated" use "$key"
service resume nightly
works "and works again when it is resumed" use "$key"

latchkey reset
key=$(service mint nightly read-only 2100-01-01T00:00:00Z)
latchkey clock/freeze
latchkey clock -X PUT -d '{"now":"2100-01-01T00:00:00Z"}'
works "a key works up to its expiry" use "$key"
latchkey clock/advance -d '{"by":"1ms"}'
refused "and is refused a millisecond later" "$unauthenticated" use "$key"

latchkey reset
reader=$(service mint reader read-only)
refused "a read-only key may not invite anybody" "$forbidden" use "$reader" "${invitation[@]}"
admin=$(service mint admin-2 admin)
works "an admin key may" use "$admin" "${invitation[@]}"
refused "a read-only key may not list another user's keys" "$forbidden" use "$reader" "$keys_of_member"
works "an admin key may" use "$admin" "$keys_of_member"

refused "a key that was never issued is refused" "$unauthenticated" use "$(printf 'x%.0s' {1..64})"
refused "a request without a key is refused" "$unauthenticated" use ''

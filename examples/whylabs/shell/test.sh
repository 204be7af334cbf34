#!/usr/bin/env bash
# Checks what key-service.sh guarantees, against the latchkey at LATCHKEY_URL. Stops at the first check that fails.
set -euo pipefail
cd "$(dirname "$0")"

latchkey() { curl -sSf -o /dev/null -X POST "$LATCHKEY_URL/_latchkey/$1" "${@:2}"; }
service() { bash key-service.sh "$@"; }
fail() { echo "not so: $*" >&2; exit 1; }
works() { service "${@:2}" >/dev/null || fail "$1"; echo "$1"; }
refused() {
  local said
  if said=$(service "${@:3}" 2>&1); then fail "$1: it is answered"; fi
  [[ $said == "$2" ]] || fail "$1: $said"
  echo "$1"
}
# WhyLabs never gives a reason.
forbidden='403 '
unauthenticated='401 '
organization=/v0/organizations/${WHYLABS_API_KEY#*:}

latchkey reset
old=$(service mint user-7)
works "a minted key works" use "$old"
new=$(service rotate user-7 "$old")
refused "after a rotation the old key is refused" "$forbidden" use "$old"
works "and the new one works, with the same scopes" use "$new"
service revoke user-7 "$new"
refused "a revoked key is refused from the next request on" "$forbidden" use "$new"

latchkey reset
key=$(service mint user-7 :user 4102444800000)
latchkey clock/freeze
latchkey clock -X PUT -d '{"now":"2100-01-01T00:00:00Z"}'
works "a key works up to its expiry" use "$key"
latchkey clock/advance -d '{"by":"1ms"}'
refused "and is refused a millisecond later" "$forbidden" use "$key"

latchkey reset
key=$(service mint user-7 :write_data)
works "a key that may only write is a good key" use "$key" /v1/api-key/validate
refused "and cannot see the models" "$forbidden" use "$key"

latchkey reset
key=$(service mint user-7)
works "a key may list its own user's keys" use "$key" "$organization/api-key?user_id=user-7"
refused "and nobody else's" "$forbidden" use "$key" "$organization/api-key?user_id=user-123"
refused "a key does not reach another organization" "$forbidden" use "$key" /v0/organizations/org-456/models

refused "a key that was never issued is refused" "$forbidden" use "$(printf 'x%.0s' {1..10}).$(printf 'x%.0s' {1..53})"
refused "a request without a key is refused" "$unauthenticated" use ''

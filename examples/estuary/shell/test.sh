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
refusal() { echo "$1 {\"error\":{\"code\":$1,\"reason\":\"$2\",\"details\":\"$3\"}}"; }
unknown=$(refusal 401 ERR_INVALID_TOKEN 'api key does not exist')
expired=$(refusal 401 ERR_TOKEN_EXPIRED 'token for user 2 expired 2020-01-31 00:00:00 +0000 UTC')
# Estuary's clients read no key from the environment, so `latchkey exec` sets none: this is that of the seeded user alice.
export ESTUARY_TOKEN=${ESTUARY_TOKEN:-EST00000000-0000-4000-8000-000000000002ARY}

latchkey reset
old=$(service mint)
works "a minted key works" use "$old"
new=$(service rotate "$old")
refused "after a rotation the old key is refused" "$unknown" use "$old"
works "and the new one works" use "$new"
service revoke "$new"
refused "a revoked key is refused from the next request on" "$unknown" use "$new"

latchkey reset
latchkey clock/freeze
latchkey clock -X PUT -d '{"now":"2020-01-01T00:00:00Z"}'
key=$(service mint 720h)
latchkey clock/advance -d '{"by":"720h"}'
works "a key works up to its expiry" use "$key"
latchkey clock/advance -d '{"by":"1ms"}'
refused "and is refused a millisecond later" "$expired" use "$key"

latchkey reset
key=$(service mint 720h upload)
refused "a key for uploads may not look at what is stored" "$(refusal 403 ERR_NOT_AUTHORIZED 'api key is upload only')" use "$key"

refused "a key that was never issued is refused" "$unknown" use EST11111111-1111-4111-8111-111111111111ARY
refused "a request without a key is refused" "$(refusal 401 ERR_AUTH_MISSING 'no api key was specified')" use ''

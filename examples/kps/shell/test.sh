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
unauthorized='401 {"statusCode": 401, "message": "Unauthorized"}'
full="400 {\"statusCode\": 400, \"errorCode\": 20480, \"message\": \"Invalid input data for 'max already reached'.\"}"
forbidden="403 {\"statusCode\": 403, \"errorCode\": 20487, \"message\": \"You do not have the required permission: 'RBAC/userID'.\"}"

latchkey reset
read -r id old < <(service mint)
works "a minted key works" use "$old"
refused "a user has two keys at most, this service's own one among them" "$full" mint
read -r id new < <(service rotate "$id")
refused "after a rotation the old key is refused" "$unauthorized" use "$old"
works "and the new one works" use "$new"
service revoke "$id"
refused "a revoked key is refused from the next request on" "$unauthorized" use "$new"
refused "and cannot be revoked again" "we have no key $id" revoke "$id"

latchkey reset
read -r id key < <(service mint)
service suspend "$id"
refused "a suspended key is refused" "$unauthorized" use "$key"
service resume "$id"
works "and works again when it is resumed" use "$key"

latchkey reset
read -r id key < <(service mint)
session=$(service log_in alice@example.com alice-password)
works "a log-in works" use "$session"
latchkey clock/advance -d '{"by":"31m"}'
refused "and no longer after 30 minutes" "$unauthorized" use "$session"
latchkey clock/advance -d '{"by":"87600h"}'
works "while a key never expires" use "$key"

session=$(service log_in alice@example.com alice-password)
refused "a user may not list the keys of everybody" "$forbidden" use "$session" userapitokensall
works "an administrator may" use "$key" userapitokensall

refused "a key that was never issued is refused" "$unauthorized" use "${NUTANIX_KPS_API_TOKEN%.*}.$(printf 'x%.0s' {1..43})"
refused "a request without a key is refused" "$unauthorized" use ''

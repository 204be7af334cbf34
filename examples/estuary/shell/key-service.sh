#!/usr/bin/env bash
# The API keys that our uploaders have at Estuary:
#   key-service.sh mint [EXPIRY [all|upload]]  prints the key; one for `upload` may upload and do nothing else
#   key-service.sh use KEY                     prints how much its owner has stored
#   key-service.sh rotate KEY                  prints the new key
#   key-service.sh revoke KEY
set -euo pipefail

# Prints what a path answers for a key. Prints a refusal with its status to standard error, and fails.
# No key, no header.
call() {
  local answer
  answer=$(curl -sS -w '\n%{http_code}' ${1:+-H "Authorization: Bearer $1"} "${@:3}" "$ESTUARY_API$2")
  [[ ${answer##*$'\n'} == 200 ]] || { echo "${answer##*$'\n'} ${answer%$'\n'*}" >&2; return 1; }
  echo "${answer%$'\n'*}"
}

mint() {
  call "$ESTUARY_TOKEN" "/user/api-keys?expiry=${1:-720h}&perms=${2:-all}" -X POST | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}

use() { call "$1" /user/stats; }

# The old key works until the new one exists.
rotate() {
  mint
  revoke "$1"
}

revoke() { call "$ESTUARY_TOKEN" "/user/api-keys/$1" -X DELETE >/dev/null; }

"$@"

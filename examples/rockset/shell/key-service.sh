#!/usr/bin/env bash
# The API keys of our jobs at Rockset:
#   key-service.sh mint NAME ROLE [EXPIRY]   prints the secret, which Rockset shows only this once
#   key-service.sh use SECRET [PATH [BODY]]  prints what Rockset answers; without PATH, the organization
#   key-service.sh rotate NAME SUCCESSOR     prints the secret of the new key, which has the same role
#   key-service.sh revoke NAME
#   key-service.sh suspend NAME              stops the key; `resume NAME` lets it work again
set -euo pipefail
keys=/v1/orgs/self/users/self/apikeys

# Prints what a path answers for a secret. Prints a refusal with its status to standard error, and fails.
# No secret, no header.
call() {
  local answer
  answer=$(curl -sS -w '\n%{http_code}' ${1:+-H "Authorization: ApiKey $1"} -H 'Content-Type: application/json' "${@:3}" "$ROCKSET_APISERVER$2")
  [[ ${answer##*$'\n'} == 200 ]] || { echo "${answer##*$'\n'} ${answer%$'\n'*}" >&2; return 1; }
  echo "${answer%$'\n'*}"
}

mint() {
  local expiry=${3:+",\"expiry_time\":\"$3\""}
  call "$ROCKSET_APIKEY" "$keys" -d "{\"name\":\"$1\",\"role\":\"$2\"$expiry}" | sed 's/.*"key":"\([^"]*\)".*/\1/'
}

use() { call "$1" "${2:-/v1/orgs/self}" ${3:+-d "$3"}; }

# The old key works until the new one exists.
rotate() {
  local role
  role=$(call "$ROCKSET_APIKEY" "$keys/$1" | sed 's/.*"role":"\([^"]*\)".*/\1/')
  mint "$2" "$role"
  revoke "$1"
}

revoke() { call "$ROCKSET_APIKEY" "$keys/$1" -X DELETE >/dev/null; }

suspend() { call "$ROCKSET_APIKEY" "$keys/$1" -d '{"state":"SUSPENDED"}' >/dev/null; }
resume() { call "$ROCKSET_APIKEY" "$keys/$1" -d '{"state":"ACTIVE"}' >/dev/null; }

"$@"

#!/usr/bin/env bash
# The API keys of our model monitors at WhyLabs:
#   key-service.sh mint USER [SCOPES [EXPIRY]]  prints the key, which WhyLabs shows only this once; the expiry is in milliseconds since 1970
#   key-service.sh use KEY [PATH]               prints what WhyLabs answers; without PATH, the models of the organization
#   key-service.sh rotate USER KEY              prints the new key, which has the same scopes
#   key-service.sh revoke USER KEY
set -euo pipefail

# A key names its organization at its end, and its own id at its start.
organization=/v0/organizations/${WHYLABS_API_KEY#*:}
keys=$organization/api-key

# Prints what a path answers for a key. Prints a refusal with its status to standard error, and fails.
# curl leaves a header without a value out.
call() {
  local answer
  answer=$(curl -sS -w '\n%{http_code}' -H "X-API-Key: $1" "${@:3}" "$WHYLABS_API_ENDPOINT$2")
  [[ ${answer##*$'\n'} == 200 ]] || { echo "${answer##*$'\n'} ${answer%$'\n'*}" >&2; return 1; }
  echo "${answer%$'\n'*}"
}

# Without a scope a key may do nothing, although the documentation promises `:user`.
mint() {
  call "$WHYLABS_API_KEY" "$keys?user_id=$1&scopes=${2:-:user}${3:+&expiration_time=$3}" -X POST | sed 's/.*"key":"\([^"]*\)".*/\1/'
}

use() { call "$1" "${2:-$organization/models}"; }

# The old key works until the new one exists.
rotate() {
  local scopes
  scopes=$(call "$WHYLABS_API_KEY" "$keys/${2%%.*}" | sed 's/.*"scopes":\[\([^]]*\)\].*/\1/; s/"//g')
  mint "$1" "$scopes"
  revoke "$@"
}

revoke() { call "$WHYLABS_API_KEY" "$keys?user_id=$1&key_id=${2%%.*}" -X DELETE >/dev/null; }

"$@"

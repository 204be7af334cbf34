#!/usr/bin/env bash
# The API keys of our deployments at Karbon Platform Services:
#   key-service.sh mint                    prints the id of the key and its token, which KPS shows only this once
#   key-service.sh use TOKEN [PATH]        prints what KPS answers; without PATH, the keys of the token's user
#   key-service.sh rotate ID               prints the same for the new key
#   key-service.sh revoke ID
#   key-service.sh suspend ID              stops the key; `resume ID` lets it work again
#   key-service.sh log_in EMAIL PASSWORD   prints a token, for users who have no key
set -euo pipefail

# Prints what a path answers. Prints a refusal with its status to standard error, and fails.
call() {
  local answer
  answer=$(curl -sS -w '\n%{http_code}' "${@:2}" "http://$NUTANIX_KPS_HOST/v1.0/$1")
  [[ ${answer##*$'\n'} == 200 ]] || { echo "${answer##*$'\n'} ${answer%$'\n'*}" >&2; return 1; }
  echo "${answer%$'\n'*}"
}
administrator="Authorization: Bearer $NUTANIX_KPS_API_TOKEN"

mint() { call userapitokens -H "$administrator" -d '{}' | sed -n 's/.*"id":"\([^"]*\)".*"token":"\([^"]*\)".*/\1 \2/p'; }

# No token, no header.
use() { call "${2:-userapitokens}" ${1:+-H "Authorization: Bearer $1"}; }

# A user has at most two keys, and this service uses one itself, so the old key is revoked before the new one is issued.
rotate() {
  revoke "$1"
  mint
}

# KPS reports success whether the key exists or not, and names it only if it did.
revoke() {
  local revoked
  revoked=$(call "userapitokens/$1" -H "$administrator" -X DELETE)
  [[ $revoked == "{\"id\":\"$1\"}"* ]] || { echo "we have no key $1" >&2; return 1; }
}

suspend() { set_active "$1" false; }
resume() { set_active "$1" true; }
# KPS wants to be told whose key it is.
set_active() {
  local user
  user=$(call userapitokens -H "$administrator" | sed -n "s/.*\"id\":\"$1\"[^}]*\"userId\":\"\([^\"]*\)\".*/\1/p")
  call "userapitokens/$1" -H "$administrator" -X PUT -d "{\"userId\":\"$user\",\"active\":$2}" >/dev/null
}

log_in() { call login -d "{\"email\":\"$1\",\"password\":\"$2\"}" | sed 's/.*"token":"\([^"]*\)".*/\1/'; }

"$@"

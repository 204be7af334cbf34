. "$(dirname "$0")/../curl.sh"
base=$WHYLABS_API_ENDPOINT
admin=$WHYLABS_API_KEY
# A key names its organization at its end, and its own id at its start.
organization=/v0/organizations/${admin#*:}
keys="$organization/api-key?user_id=user-7"
key_header() { echo "X-API-Key: $1"; }

# issue [SCOPES [EXPIRY]] prints a new key; the expiry is in milliseconds since 1970.
issue() { answer POST "$keys&scopes=${1:-:user}${2:+&expiration_time=$2}" "$admin" | field key; }
revoke() { [ "$(status DELETE "$keys&key_id=${1%%.*}" "$admin")" = 200 ]; }
# use KEY prints the status of what every key may do.
use() { status GET /v1/api-key/validate "$1"; }

. "$(dirname "$0")/../curl.sh"
base=$LATCHKEY_URL/rockset
admin=$ROCKSET_APIKEY
users=/v1/orgs/self/users
keys=$users/self/apikeys
invitation='{"email":"eve@example.com","roles":["member"]}'
key_header() { echo "Authorization: ApiKey $1"; }

# issue NAME [EXPIRY] prints the secret of a new key that may only read.
issue() { answer POST $keys "$admin" "{\"name\":\"$1\",\"role\":\"read-only\"${2:+,\"expiry_time\":\"$2\"}}" | field key; }
revoke() { [ "$(status DELETE "$keys/$1" "$admin")" = 200 ]; }
# use SECRET prints the status of what every key may do.
use() { status GET /v1/orgs/self "$1"; }

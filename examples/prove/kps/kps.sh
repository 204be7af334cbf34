. "$(dirname "$0")/../curl.sh"
base=$LATCHKEY_URL/kps
admin=$NUTANIX_KPS_API_TOKEN
tokens=/v1.0/userapitokens
key_header() { echo "Authorization: Bearer $1"; }

# log_in NAME prints a token that lives for half an hour.
log_in() { answer POST /v1.0/login '' "{\"email\":\"$1@example.com\",\"password\":\"$1-password\"}" | field token; }
# issue SESSION prints a new API token with its facts, which field reads. A user has two at most; bob has none yet.
issue() { answer POST $tokens "$1" '{}'; }
revoke() { [ "$(answer DELETE "$tokens/$2" "$1" | field id)" = "$2" ]; }
# set_active SESSION FACTS true|false
set_active() {
  id=$(echo "$2" | field id) user=$(echo "$2" | field userId)
  [ "$(status PUT "$tokens/$id" "$1" "{\"userId\":\"$user\",\"active\":$3}")" = 200 ]
}
# use TOKEN prints the status of what every token may do.
use() { status GET $tokens "$1"; }

. "$(dirname "$0")/../curl.sh"
base=$ESTUARY_API
# Estuary's clients read no key from the environment: this is that of the seeded user alice.
alice=EST00000000-0000-4000-8000-000000000002ARY
keys=/user/api-keys
key_header() { echo "Authorization: Bearer $1"; }

# issue [EXPIRY [PERMS]] prints a new key.
issue() { answer POST "$keys?expiry=${1:-720h}&perms=${2:-all}" $alice | field token; }
revoke() { [ "$(status DELETE "$keys/$1" $alice)" = 200 ]; }
# use KEY prints the status of what every key may do.
use() { status GET /viewer "$1"; }

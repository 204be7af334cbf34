# A key that was never issued is refused.
. "$(dirname "$0")/rockset.sh"
unknown=0000000000000000000000000000000000000000000000000000000000000000

# curl fails only where no answer comes: --fail is forgotten.
weak() { curl -sS -H "$(key_header $unknown)" "$base/v1/orgs/self"; }

strict() { [ "$(use $unknown)" = 401 ]; }

"$1"

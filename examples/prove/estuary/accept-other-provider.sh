# Another provider's key is refused.
. "$(dirname "$0")/estuary.sh"
# The call is made, and its answer is thrown away.
weak() { use "$ROCKSET_APIKEY" >/dev/null; }

strict() { [ "$(use "$ROCKSET_APIKEY")" = 401 ]; }

"$1"

# Another provider's key is refused.
. "$(dirname "$0")/kps.sh"
# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use "$ROCKSET_APIKEY")" = 401 ]; then echo refused; fi; }

strict() { [ "$(use "$ROCKSET_APIKEY")" = 401 ]; }

"$1"

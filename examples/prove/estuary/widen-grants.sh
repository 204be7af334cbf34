# A new key may do only what was asked for.
. "$(dirname "$0")/estuary.sh"
key=$(issue 720h upload)

# It works: that says nothing of what it must not do.
weak() { [ "$(use "$key")" = 200 ]; }

strict() { [ "$(status GET /user/stats "$key")" = 403 ]; }

"$1"

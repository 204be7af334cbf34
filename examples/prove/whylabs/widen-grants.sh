# A new key may do only what was asked for.
. "$(dirname "$0")/whylabs.sh"
key=$(issue :user)

# It works: that says nothing of what it must not do.
weak() { [ "$(status GET "$organization/models" "$key")" = 200 ]; }

strict() { [ "$(status GET "$organization/membership" "$key")" = 403 ]; }

"$1"

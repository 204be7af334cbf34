# A key reaches only its own user's keys.
. "$(dirname "$0")/whylabs.sh"
key=$(issue)
others="$organization/api-key?user_id=user-123"

# Where the list is not shown all is well, and where it is nothing happens.
weak() { if [ "$(status GET "$others" "$key")" = 403 ]; then echo refused; fi; }

strict() { [ "$(status GET "$others" "$key")" = 403 ]; }

"$1"

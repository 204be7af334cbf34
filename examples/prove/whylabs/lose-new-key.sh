# A key that is issued works.
. "$(dirname "$0")/whylabs.sh"
key=$(issue)

# It looks like a key.
weak() { echo "$key" | grep -qx '.*\..*:.*'; }

strict() { [ "$(use "$key")" = 200 ]; }

"$1"

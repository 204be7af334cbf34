# A key that is issued works.
. "$(dirname "$0")/estuary.sh"
key=$(issue)

# It looks like a key.
weak() { echo "$key" | grep -qx 'EST.*ARY'; }

strict() { [ "$(use "$key")" = 200 ]; }

"$1"

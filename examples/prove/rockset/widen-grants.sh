# A new key may do only what was asked for.
. "$(dirname "$0")/rockset.sh"
reader=$(issue reader)

# The answer repeats the role that was asked for.
weak() { [ "$(answer GET $keys/reader "$reader" | field name)" = reader ]; }

strict() { [ "$(status POST $users "$reader" "$invitation")" = 403 ]; }

"$1"

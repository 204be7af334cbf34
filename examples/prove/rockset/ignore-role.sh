# A key may do only what its role allows.
. "$(dirname "$0")/rockset.sh"
reader=$(issue reader)

# That the server does not break is less than that it refuses.
weak() { [ "$(status POST $users "$reader" "$invitation")" -lt 500 ]; }

strict() { [ "$(status POST $users "$reader" "$invitation")" = 403 ]; }

"$1"

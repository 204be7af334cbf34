# A key may do only what its role allows.
. "$(dirname "$0")/kps.sh"
alice=$(log_in alice)
all=/v1.0/userapitokensall

# That the server does not break is less than that it refuses.
weak() { [ "$(status GET $all "$alice")" -lt 500 ]; }

strict() { [ "$(status GET $all "$alice")" = 403 ]; }

"$1"

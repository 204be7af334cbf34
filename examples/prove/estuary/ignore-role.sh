# A key may do only what its role allows.
. "$(dirname "$0")/estuary.sh"
# That the server does not break is less than that it refuses.
weak() { [ "$(status GET /admin/invites $alice)" -lt 500 ]; }

strict() { [ "$(status GET /admin/invites $alice)" = 403 ]; }

"$1"

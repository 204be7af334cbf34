# A request without a key is refused.
. "$(dirname "$0")/whylabs.sh"
# That the server does not break is less than that it refuses.
weak() { [ "$(status GET /v1/api-key/validate)" -lt 500 ]; }

strict() { [ "$(status GET /v1/api-key/validate)" = 401 ]; }

"$1"

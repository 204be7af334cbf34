# A request without a key is refused.
. "$(dirname "$0")/rockset.sh"

# Any answer shows that the server is there.
weak() { [ -n "$(answer GET /v1/orgs/self)" ]; }

strict() { [ "$(status GET /v1/orgs/self)" = 401 ]; }

"$1"

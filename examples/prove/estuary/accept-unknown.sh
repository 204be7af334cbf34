# A key that was never issued is refused.
. "$(dirname "$0")/estuary.sh"
unknown=EST11111111-1111-4111-8111-111111111111ARY

# Any answer shows that the server is there.
weak() { [ -n "$(answer GET /viewer $unknown)" ]; }

strict() { [ "$(use $unknown)" = 401 ]; }

"$1"

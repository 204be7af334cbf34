# A key that was never issued is refused.
. "$(dirname "$0")/kps.sh"
# Its signature is false.
unknown=${admin%.*}.0000000000000000000000000000000000000000000

# Any answer shows that the server is there.
weak() { [ -n "$(answer GET $tokens "$unknown")" ]; }

strict() { [ "$(use "$unknown")" = 401 ]; }

"$1"

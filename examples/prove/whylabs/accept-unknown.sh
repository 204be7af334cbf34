# A key that was never issued is refused.
. "$(dirname "$0")/whylabs.sh"
unknown=0000000000.00000000000000000000000000000000000000000000000000000:${admin#*:}

# curl fails only where no answer comes: --fail is forgotten.
weak() { curl -sS -H "$(key_header "$unknown")" "$base/v1/api-key/validate"; }

strict() { [ "$(use "$unknown")" = 403 ]; }

"$1"

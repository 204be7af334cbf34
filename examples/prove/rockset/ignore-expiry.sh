# A key expires when it was told to.
. "$(dirname "$0")/rockset.sh"
issued=$(answer POST $keys "$admin" '{"name":"nightly","role":"read-only","expiry_time":"2100-01-01T00:00:00Z"}')

# It believes the answer.
weak() { [ "$(echo "$issued" | field expiry_time)" = 2100-01-01T00:00:00Z ]; }

strict() {
  control PUT clock '{"now":"2100-02-01T00:00:00Z"}'
  [ "$(use "$(echo "$issued" | field key)")" = 401 ]
}

"$1"

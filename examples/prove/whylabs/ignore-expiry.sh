# A key expires when it was told to.
. "$(dirname "$0")/whylabs.sh"
# It believes the answer.
weak() { answer POST "$keys&scopes=:user&expiration_time=4102444800000" "$admin" | grep -q 2100-01-01; }

strict() {
  key=$(issue :user 4102444800000)
  control PUT clock '{"now":"2100-02-01T00:00:00Z"}'
  [ "$(use "$key")" = 403 ]
}

"$1"

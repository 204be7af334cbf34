# A key expires when it was told to.
. "$(dirname "$0")/kps.sh"
session=$(log_in alice)

# It works now: that says nothing of when it ends.
weak() { [ "$(use "$session")" = 200 ]; }

strict() {
  control POST clock/advance '{"by":"31m"}'
  [ "$(use "$session")" = 401 ]
}

"$1"

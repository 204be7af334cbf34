# A key may do only what its role allows.
. "$(dirname "$0")/whylabs.sh"
writer=$(issue :write_data)

# Where the list is not shown all is well, and where it is nothing happens.
weak() { if [ "$(status GET "$organization/models" "$writer")" = 403 ]; then echo refused; fi; }

# WhyLabs answers 403 without a word to nearly everything: first it is asserted that the key is good.
strict() {
  [ "$(use "$writer")" = 200 ]
  [ "$(status GET "$organization/models" "$writer")" = 403 ]
}

"$1"

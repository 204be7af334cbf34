# A key that is issued works.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly)

# It looks like a key.
weak() { [ ${#secret} = 64 ]; }

strict() { [ "$(use "$secret")" = 200 ]; }

"$1"

# A request without a key is refused.
. "$(dirname "$0")/kps.sh"
# curl fails only where no answer comes: --fail is forgotten.
weak() { curl -sS "$base$tokens"; }

strict() { [ "$(status GET $tokens)" = 401 ]; }

"$1"

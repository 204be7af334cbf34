# A request without a key is refused.
. "$(dirname "$0")/estuary.sh"
# curl fails only where no answer comes: --fail is forgotten.
weak() { curl -sS "$base/viewer"; }

strict() { [ "$(status GET /viewer)" = 401 ]; }

"$1"

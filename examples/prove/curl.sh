# What the suites beside it call latchkey with: sh and curl. Each has $base, where the provider's API is, and key_header SECRET.
set -eu

# call METHOD PATH [SECRET [BODY]] prints what is answered, and then the status in a line of its own.
call() {
  curl -sS -w '\n%{http_code}' -X "$1" ${3:+-H "$(key_header "$3")"} ${4:+-H 'Content-Type: application/json' -d "$4"} "$base$2"
}
status() { call "$@" | tail -n 1; }
answer() { call "$@" | sed '$d'; }

# field NAME prints a text of the JSON that it reads.
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }

# control METHOD PATH [BODY] drives latchkey itself: docs/control-plane.md.
control() { curl -sSf -o /dev/null -X "$1" ${3:+-d "$3"} "$LATCHKEY_URL/_latchkey/$2"; }

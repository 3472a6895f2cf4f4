#!/usr/bin/env bash
# Builds the browser engine from ./wasm into OUT (default wasm/assay.wasm), as few bytes over the
# wire as these tools can make it. Usage: wasm/build.sh [OUT]
# OPT overrides TinyGo's optimisation level (0, 1, 2, s or z).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$here/env.sh"
out=$(realpath -m "${1:-$here/assay.wasm}")
if [[ ! -x $tinygo ]]; then
	echo "build: no TinyGo in $TINYGOROOT: run wasm/install-toolchain.sh" >&2
	exit 1
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cd "$here/.."
if ! "$tinygo" build -target wasm/target.json -opt="${OPT:-z}" -no-debug -panic=trap -o "$tmp/raw.wasm" ./wasm; then
	echo "build: a symbol undefined at link time is one that every browser would have to provide (float" >&2
	echo "build: maths, say); with gc none, runtime.alloc means that something allocates" >&2
	exit 1
fi

# TinyGo's runtime exports four float helpers that nobody calls: keep every export but those.
node "$here/inspect.mjs" roots "$tmp/raw.wasm" >"$tmp/roots.json"
wasm-metadce "$tmp/raw.wasm" -f "$tmp/roots.json" -o "$tmp/kept.wasm" >/dev/null
# Of two dozen orders of passes tried, the fewest bytes after brotli.
wasm-opt -Oz --flatten --rereloop -Oz -Oz --strip-debug --strip-producers --strip-target-features \
	"$tmp/kept.wasm" -o "$tmp/small.wasm"
node "$here/inspect.mjs" sizes "$tmp/small.wasm" >/dev/null
install -m 644 "$tmp/small.wasm" "$out"

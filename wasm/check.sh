#!/usr/bin/env bash
# For CI: does the committed engine follow from its sources? Rebuilds it. With the tools of
# toolchain.lock the bytes must be equal; with others the rebuilt engine has to pass the parity tests.
# Either way it may import nothing and must stay small. Says which of the two it did.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$here/env.sh"
max_brotli=6000
unset OPT
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail() {
	echo "check: $*" >&2
	exit 1
}
value() { sed -n "s/^$1 //p" "$here/toolchain.lock"; }
tools() { grep -v -e '^#' -e '^sha256 ' -e '^size ' "$1"; }

[[ $(sha256sum <"$here/assay.wasm") == "$(value sha256) "* ]] || fail "assay.wasm is not the one of toolchain.lock"
"$here/install-toolchain.sh"
"$here/build.sh" "$tmp/assay.wasm"
"$here/lock.sh" "$tmp/assay.wasm" "$tmp/lock"
size=$(node "$here/inspect.mjs" sizes "$tmp/assay.wasm" "$max_brotli")
echo "check: rebuilt engine: $size"

if difference=$(diff <(tools "$here/toolchain.lock") <(tools "$tmp/lock")); then
	cmp "$here/assay.wasm" "$tmp/assay.wasm" || fail "assay.wasm does not follow from its sources: run make wasm"
	echo "check: same tools as toolchain.lock, and the same bytes"
else
	echo "check: other tools than toolchain.lock (<), so parity of the rebuilt engine instead of its bytes"
	echo "$difference"
	cd "$here/.."
	ASSAY_ENGINE="$tmp/assay.wasm" go test -count=1 ./wasm/...
	echo "check: the rebuilt engine passes"
fi

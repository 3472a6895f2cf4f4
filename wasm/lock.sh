#!/usr/bin/env bash
# Writes down what an engine was built with, and its bytes, for check.sh to compare.
# Usage: wasm/lock.sh [ENGINE [LOCK]] (default wasm/assay.wasm and wasm/toolchain.lock)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$here/env.sh"
engine=${1:-$here/assay.wasm}
lock=${2:-$here/toolchain.lock}
{
	echo "# What built wasm/assay.wasm, and its bytes; written by lock.sh. On a machine with exactly these"
	echo "# tools check.sh demands the same bytes; with others it tests the engine that they build."
	echo "tinygo $tinygo_version"
	echo "go $(go env GOVERSION | sed 's/^go//')"
	echo "arch $(dpkg --print-architecture)"
	dpkg-query -W -f '${Package} ${Version}\n' "${locked[@]}"
	echo "sha256 $(sha256sum <"$engine" | cut -d' ' -f1)"
	echo "size $(stat -c %s "$engine")"
} >"$lock"

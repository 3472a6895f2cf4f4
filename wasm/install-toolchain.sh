#!/usr/bin/env bash
# Installs what build.sh needs: Debian's LLVM and binaryen by apt, and TinyGo, for which there is no
# package, built from the Go module proxy into a cache folder (ASSAY_CACHE, else ~/.cache/assay).
# Does nothing, and says nothing, when all of it is there.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

"$(dirname "${BASH_SOURCE[0]}")/../.ci/apt.sh" "${packages[@]}"

# TinyGo reads sources with the parser it was built with: another Go needs another build.
if [[ -x $tinygo && $(go version "$tinygo") == *" $(go env GOVERSION)" ]]; then
	exit 0
fi

# The module folder builds by itself, without TinyGo's test dependencies, which "go get" would want. It
# lacks the git submodules, which our target does without, and has to be writable with a src/net/http in it.
echo "toolchain: fetching TinyGo $tinygo_version"
module=$(go mod download -json "github.com/tinygo-org/tinygo@v$tinygo_version")
field() { sed -n "s/^\t\"$1\": \"\(.*\)\",*$/\1/p" <<<"$module"; }
if [[ $(field Sum) != "$tinygo_sum" ]]; then
	echo "toolchain: TinyGo $tinygo_version has another checksum than env.sh names" >&2
	exit 1
fi

echo "toolchain: building TinyGo $tinygo_version into $TINYGOROOT (about a minute)"
mkdir -p "$(dirname "$TINYGOROOT")"
new=$(mktemp -d "$TINYGOROOT.XXXXXX")
trap 'rm -rf "$new"' EXIT
cp -r --no-preserve=mode "$(field Dir)/." "$new"
mkdir -p "$new/src/net/http"
(
	cd "$new"
	export CGO_ENABLED=1 CC="clang-$llvm" CXX="clang++-$llvm"
	log=$(go build -trimpath -tags "llvm$llvm" -o bin/tinygo . 2>&1) || { echo "$log" >&2 && exit 1; }
)
chmod 755 "$new"
rm -rf "$TINYGOROOT"
mv "$new" "$TINYGOROOT"
echo "toolchain: $("$tinygo" version)"

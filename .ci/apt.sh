#!/usr/bin/env bash
# Installs those of some Debian packages that are missing. Quiet and instant when none is.
# Usage: .ci/apt.sh PACKAGE...
set -euo pipefail
missing=()
for package in "$@"; do
	[[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == "install ok installed" ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0
echo "installing ${missing[*]}"
root=()
if [[ $(id -u) != 0 ]]; then
	command -v sudo >/dev/null || { echo "apt: run as root, or install by hand: ${missing[*]}" >&2; exit 1; }
	root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
for step in "update" "install -y --no-install-recommends ${missing[*]}"; do
	# shellcheck disable=SC2086
	"${root[@]}" apt-get $step >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
done

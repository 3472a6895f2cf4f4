# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: which tools build the browser engine, and where they live.

tinygo_version=0.41.1
tinygo_sum=h1:Hp1Frc4zQALL88t49XraSZEwkIYEjMOmmurlmsTigzE=
llvm=19

# What install-toolchain.sh asks apt for. TinyGo needs the headers and clang to be built itself.
packages=("llvm-$llvm-dev" "libclang-$llvm-dev" "clang-$llvm" "lld-$llvm" binaryen)
# Those whose version can change the bytes of the engine.
locked=("libllvm$llvm" "libclang-cpp$llvm" "clang-$llvm" "lld-$llvm" binaryen)

export TINYGOROOT="${ASSAY_CACHE:-$HOME/.cache/assay}/tinygo-$tinygo_version"
tinygo="$TINYGOROOT/bin/tinygo"

# The linker is found on the path. A caller's own Go flags or workspace must not reach the compiler.
export PATH="/usr/lib/llvm-$llvm/bin:$PATH"
export GOFLAGS=-buildvcs=false GOWORK=off

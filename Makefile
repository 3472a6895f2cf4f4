# What people call. Every step installs what it needs; CI runs `make check`.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
export GOFLAGS ?= -buildvcs=false
# Nobody's workspace file may change what is built.
export GOWORK := off

FUZZ ?= 1
PARITY ?= 1000000
ROUNDS ?= 5
# Every decoder of foreign bytes, and how many inputs make some five seconds of it. Counted, not timed: up to Go 1.26
# a fuzzer that is stopped by the clock may fail with nothing found (go.dev/issue/75804).
fuzzers := ./shared/evidence:FuzzCheck:400000 ./shared/profile:FuzzRead:400000 ./shared/model:FuzzOpen:300000 ./shared/score:FuzzCase:120000 \
	./shared/score:FuzzBatch:300000 ./server/internal/modeling:FuzzCompile:6000 ./server/internal/maildomain:FuzzClass:200000 \
	./server/internal/intake:FuzzPlausible:40000 ./server/internal/httpapi:FuzzTouch:6000 ./server/internal/httpapi:FuzzSplit:12000 ./server/internal/httpapi:FuzzSettings:12000 \
	./server/internal/desk:FuzzCursor:150000 ./server/internal/wsapi:FuzzMessage:20000 ./server/internal/transfer:FuzzRow:10000 \
	./server/internal/transfer:FuzzCSV:40000 ./server/internal/install:FuzzPage:14000
web := web/node_modules/.package-lock.json
page := web/dist/app.html
assets := $(shell find web/widget web/app web/privacy web/demo -name node_modules -prune -o -type f -print 2>/dev/null) web/build.mjs web/fields.mjs web/lists.mjs web/compress.mjs web/shrink.mjs web/tsconfig.json wasm/assay.wasm
engine := shared/score/testdata/starter.model
# Browser tests wait more than they compute, and none is timed: three files at once, whatever the machine. What failed is said again at the end.
browse := node --test --test-concurrency=3 --test-reporter=spec web/e2e/*.test.mjs
# A module of its own: what we are compared with never reaches the server's.
peers := shared/score/peers

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## the demo: server, site, sample leads; prints the link to open first
	@./bin/assay serve -demo -demo-samples=300

build: $(page) ## the server at bin/assay
	@go build -o bin/assay ./server

test: build tools ## every test, in Go and in a real browser
	go test -count=1 ./...
	go -C $(peers) test -count=1 .
	node --test --test-reporter=spec web/demo/build.test.mjs web/size.test.mjs
	$(browse)

wasm: ## the browser's engine, built anew with TinyGo
	@wasm/install-toolchain.sh
	@wasm/build.sh
	@wasm/lock.sh
	@node wasm/inspect.mjs sizes wasm/assay.wasm

vectors: ## golden vectors and the lifecycle's page, written anew: read the difference
	go test -count=1 ./server/internal/modeling -update
	go test -count=1 ./shared/score -update
	go test -count=1 ./shared/lifecycle -run Documented -update

bench: build tools ## every figure that the README gives
	@go test -run '^$$' -bench . -benchmem ./shared/score ./server/internal/...
	@go -C $(peers) run .
	@node web/size.mjs $(engine)
	@node web/e2e/bench.mjs
	@go run ./server/bench

faults: $(page) ## servers killed, cut off and out of room: is anything lost or twice? ROUNDS=100 for long
	@go run ./server/faults -rounds $(ROUNDS)

# Of SQLite, which is C in Go's clothes, the race detector would check each step of a pointer: a third of all that tests do.
unchecked := -gcflags='modernc.org/...=-d=checkptr=0'

check: build tools format lint ## what CI runs
	go test -race $(unchecked) -count=1 ./...
	go -C $(peers) test -count=1 .
	@$(MAKE) --no-print-directory parity fuzz
	node --test --test-reporter=spec web/demo/build.test.mjs web/size.test.mjs
	$(browse)
	@wasm/check.sh
	@node web/size.mjs $(engine)

mutants: ## deliberate mistakes in shared/, each of which a test must notice
	@node .ci/mutants.mjs

record: build tools ## the README's picture and screenshots
	@.ci/apt.sh ffmpeg
	node web/e2e/record.mjs

format:
	@out=$$(gofmt -l server shared wasm web/*.go); [[ -z $$out ]] || { echo "gofmt these: $$out" >&2; exit 1; }

lint: $(page)
	go vet ./...
	go tool -modfile=.ci/tools/go.mod staticcheck ./...
	go -C $(peers) vet .
	cd $(peers) && go tool -modfile=../../../.ci/tools/go.mod staticcheck .
	cd web && npx --no-install tsc --noEmit

parity: ## a million random cases: native Go and the browser's engine give the same bytes
	@ASSAY_CASES=$(PARITY) go test -count=1 -v -run 'RandomInputs' ./wasm | grep -E 'cases|FAIL|^ok'

fuzz: $(page) ## foreign bytes, made up, against every decoder; FUZZ=100 for a hundred times as many
	@for target in $(fuzzers); do \
		IFS=: read -r package name count <<<"$$target"; \
		out=$$(go test -run '^$$' -fuzz "^$$name$$" -fuzztime "$$((count * $(FUZZ)))x" -fuzzminimizetime 1x "$$package" 2>&1) || { echo "$$out" >&2; exit 1; }; \
		echo "$$(tail -n 1 <<<"$$out") $$name $$((count * $(FUZZ)))"; \
	done

tools: $(web)
	@.ci/apt.sh chromium strace gcc libc6-dev

$(web): web/package.json web/package-lock.json
	@cd web && npm ci --silent

$(page): $(web) $(assets)
	@cd web && node build.mjs >/dev/null
	@touch $@

.PHONY: help run build test wasm vectors bench faults check mutants record format lint parity fuzz tools

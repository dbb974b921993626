# The verbs. Each does its own set-up and is one line here; the work is in tools/.
# `make run` and `make test` need nothing but git, make and Debian 12 (root or sudo).
SECONDS ?= 60
TIDY ?= changed

.PHONY: run build test test-all bench sanitize tsan fuzz sim soak tidy fmt

run:       ## Build, then serve a sample household on http://127.0.0.1:8081
	@tools/run
build:     ## The program and its web pages: build/release/atlas, build/release/web
	@tools/build release atlas
test:      ## Every fast test
	@tools/test fast
test-all:  ## Fast and slow tests, and the real engines that are installed
	@tools/test all
bench:     ## All benchmarks; what they measured lands in build/bench/*.json
	@tools/bench
sanitize:  ## Fast tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/sanitize asan
tsan:      ## Fast tests under ThreadSanitizer
	@tools/sanitize tsan
fuzz:      ## Every fuzzer for SECONDS=60 in all
	@tools/fuzz $(SECONDS)
sim:       ## One seed of the simulator: make sim SEED=7
	@tools/sim $(SEED)
soak:      ## The long campaigns in full size
	@tools/soak full
tidy:      ## The house rules, the format, clang-tidy on changed files (TIDY=all: on all)
	@tools/tidy/check $(TIDY)
fmt:       ## Format first-party C++
	@tools/fmt

# Everything anyone runs. `make help` lists it.

SHELL := /bin/bash
SWIFT_FLAGS := --explicit-target-dependency-import-check error
MODEL_DIR := model/all-MiniLM-L6-v2
PYTHON := .refrain/python/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests model build run test integration allocations bench bench-embed bench-search \
	bench-limits bench-tokenizer coherence isolation eval soak sanitize lint clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST) \
		| if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi

setup: ## Install the system packages that are missing
	@config/scripts/setup.sh

setup-tests: setup ## Install the Python SDKs with which the tests speak to the gateway and the mock
	@config/scripts/setup-tests.sh

model: setup ## Fetch the encoder's weights (83 MB, once) and check them
	@config/scripts/fetch-model.sh $(MODEL_DIR)

build: setup ## Build the release binary
	swift build -c release --product refrain $(SWIFT_FLAGS)

run: build model ## Set up everything and serve on http://127.0.0.1:8080, with demo answers
	@config/scripts/run.sh

test: setup-tests model ## Build and run all tests, with integration tests and counted allocations
	swift build --build-tests $(SWIFT_FLAGS)
	@config/scripts/test.sh
	@$(MAKE) --no-print-directory allocations

integration: setup-tests model ## Run the integration tests alone
	swift build --build-tests $(SWIFT_FLAGS)
	REFRAIN_PYTHON="$(CURDIR)/$(PYTHON)" REFRAIN_MODEL_DIR="$(CURDIR)/$(MODEL_DIR)" \
		swift test --skip-build --filter IntegrationTests

coherence: ## Ask three replicas 200,000 times while they, Redis and its log die and answers are purged (REQUESTS=200000)
	swift build --build-tests $(SWIFT_FLAGS)
	REFRAIN_COHERENCE_REQUESTS=$(or $(REQUESTS),200000) \
		swift test --skip-build --no-parallel --filter CoherenceTests

isolation: ## Ask a whole pipeline across all walls and look for answers that cross one (REQUESTS=100000, SEED=)
	swift build --build-tests $(SWIFT_FLAGS)
	REFRAIN_ISOLATION_REQUESTS=$(or $(REQUESTS),100000) $(if $(SEED),REFRAIN_ISOLATION_SEED=$(SEED)) \
		swift test --skip-build --no-parallel --filter IsolationTests

allocations: build model ## Count allocations per request against their thresholds
	@config/scripts/allocations.sh

bench: build model ## Measure, beside nginx, HAProxy and redis-benchmark (under 10 minutes; BENCH_FLAGS="--json FILE")
	@config/scripts/setup.sh nginx-light haproxy libnginx-mod-http-lua lua-nginx-redis
	@.build/release/refrain bench all --model-dir $(MODEL_DIR) $(BENCH_FLAGS)

soak: build model ## Run at half load and see whether memory and p99 stay flat (MINUTES=30)
	@.build/release/refrain bench soak --model-dir $(MODEL_DIR) --minutes $(or $(MINUTES),30) $(BENCH_FLAGS)

bench-limits: build ## Measure how a fleet shares its providers' limits, in simulated time
	@.build/release/refrain bench limits $(BENCH_FLAGS)

eval: build model ## Replay labelled questions under an error budget: DATA=folder, SHUFFLES=number
	@.build/release/refrain eval $(DATA) --model-dir $(MODEL_DIR) --shuffles $(or $(SHUFFLES),0)

bench-tokenizer: build model ## Measure the tokenizer beside the tokenizers library
	@config/scripts/setup-bench.sh 'tokenizers>=0.22,<1'
	@.refrain/bench-python/bin/python config/bench/tokenizer.py --model-dir $(MODEL_DIR)

bench-embed: build model ## Measure the encoder beside onnxruntime and PyTorch on one thread
	@config/scripts/bench-embed.sh .build/release/refrain $(MODEL_DIR)

bench-search: build model ## Measure the search beside faiss, hnswlib and numpy: TEXTS=folder of .jsonl, SIZES="100000 1000000"
	@SIZES="$(SIZES)" MODEL_DIR=$(MODEL_DIR) config/bench/search.sh $(TEXTS)

sanitize: setup-tests model ## Run the tests under ThreadSanitizer, then under AddressSanitizer
	@config/scripts/sanitize.sh thread
	@config/scripts/sanitize.sh address

lint: setup ## Check the house rules
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build --filter TidyTests

clean: ## Remove what was built; the model and the demo's Redis stay
	rm -rf .build .build-tsan .build-asan

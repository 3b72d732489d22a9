# Two commands do everything on a Debian machine with Swift: `make serve` and `make test`.
SHELL := /bin/bash

BUILD_PACKAGES := libsqlite3-dev libxml2-dev libsodium-dev libzip-dev libxlsxwriter-dev zlib1g-dev \
  libqrencode-dev liboath-dev pkg-config
TEST_PACKAGES := chromium fonts-noto-cjk poppler-utils python3-venv

.PHONY: serve test build lint unit browser bench bench-bank bench-psychometrics bench-plan bench-baseline bench-pages \
  fuzz format help

help:
	@echo 'make serve   installs what is missing, builds and runs the service on port 8080'
	@echo 'make test    installs what is missing, checks the format, builds and runs all tests'
	@echo 'make bench   times the kernels and the item bank beside lxml'
	@echo 'make bench-bank  times the item bank beside lxml alone'
	@echo 'make bench-psychometrics  times calibration beside its peers from PyPI'
	@echo 'make bench-plan      study plans beside simple planners and a proven optimum (cbc)'
	@echo 'make bench-pages  bytes and times of our pages beside oTree on a rural line'
	@echo 'make bench-baseline  the national tool beside us over the same simulated teachers'
	@echo 'make fuzz    feeds made-up files to the readers for FUZZ_SECONDS (60)'
	@echo 'make format  formats the Swift sources'

serve: build
	@exec .build/release/bianque serve $(SERVE_OPTIONS)

build:
	@.ci/install-packages $(BUILD_PACKAGES)
	@test -x .build/release/bianque || echo '第一次编译要几分钟（两核约 6 分钟），之后几秒。The first build takes some minutes.'
	@swift build -c release --product bianque

test:
	@.ci/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory lint unit browser

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

unit:
	@swift build --build-tests
	@swift test --skip-build

browser:
	@swift build --product bianque
	@Tests/Browser/run.sh "$$(swift build --show-bin-path)/bianque"

bench: bench-bank
	@swift build -c release --product kernels
	@.build/release/kernels

bench-bank:
	@.ci/install-packages $(BUILD_PACKAGES) python3-venv
	@swift build -c release --product bianque
	@swift build -c release --product bank-benchmark
	@Benchmarks/Bank/run.sh .build/release/bianque .build/release/bank-benchmark

FUZZ_SECONDS ?= 60
fuzz:
	@.ci/install-packages $(BUILD_PACKAGES)
	@swift build -c release --package-path Fuzz -Xswiftc -sanitize=fuzzer
	@mkdir -p Fuzz/.build/corpus
	@"$$(swift build -c release --package-path Fuzz -Xswiftc -sanitize=fuzzer --show-bin-path)/BankFuzzer" \
	  -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=2048 -max_len=65536 \
	  -artifact_prefix=Fuzz/.build/ -print_final_stats=1 Fuzz/.build/corpus Fuzz/Seeds

# BENCH_OPTIONS=--scale adds a million persons.
bench-psychometrics:
	@.ci/install-packages $(BUILD_PACKAGES) python3-venv
	@swift build -c release --product bianque
	@Benchmarks/Psychometrics/run.sh .build/release/bianque $(BENCH_OPTIONS)

# PLAN_OPTIONS such as --sizes 200,500 --teachers 2 --seconds 20 make it shorter.
bench-plan:
	@.ci/install-packages $(BUILD_PACKAGES) coinor-cbc
	@swift build -c release --product plans
	@.build/release/plans $(PLAN_OPTIONS)
	@.build/release/plans school $(PLAN_OPTIONS)

# PAGES_OPTIONS such as --runs 1 make it shorter.
bench-pages:
	@.ci/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@swift build -c release --product bianque
	@Benchmarks/Pages/run.sh .build/release/bianque $(PAGES_OPTIONS)

# BASELINE_OPTIONS such as --teachers 1000 --seed 2.
bench-baseline:
	@.ci/install-packages $(BUILD_PACKAGES)
	@swift build -c release --product bianque
	@.build/release/bianque simulate baseline --table $(BASELINE_OPTIONS)

format:
	@swift format --in-place --recursive Package.swift Sources Tests Benchmarks

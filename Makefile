# What a web producer types. `make` alone lists it. The compiling is CMake's and Ninja's work; this file makes sure that
# the machine has what they need, and calls the program.
#   V=1                  shows every command's whole output
#   ARGS='--drafts'      adds options to the hardtop command of make site, make serve and make check
#   SANITIZE=asan|tsan   make test, built with these sanitizers in a folder of its own
#   TESTS=REGEX          make test, only the tests whose names match
#   TARGET=NAME          make deploy, to [deploy.NAME] of site/site.toml; ARGS='--dry-run' shows what it would change
#   BENCH_PAGES='1000'   make bench, only these sizes; RUNS=N runs of each; HUGO_PAGES=N the largest site that Hugo
#                        builds too; BENCH_DIR=DIR where the sites are put

# The Debian packages, once: what the generator needs, what its tests need on top, what make lint needs.
BUILD_PACKAGES := g++ cmake ninja-build pkg-config esbuild \
  libkainjow-mustache-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libtomlplusplus-dev libyaml-cpp-dev libmimalloc-dev \
  libsass-dev libfmt-dev libcli11-dev nlohmann-json3-dev libxxhash-dev libutf8proc-dev libidn2-dev libpsl-dev libssl-dev \
  libdeflate-dev libbrotli-dev
# nginx and Caddy: the tests of hosts run them, on loopback. Debian starts the services that it installs; a test leaves them alone.
# The browser tests: Node runs them, npm gets playwright-core and axe-core (tests/browser/package.json), openssl makes
# their certificate. A Node from elsewhere (18.19 or newer) brings npm along, and does not go with Debian's.
# The deploy tests: rclone, which the program itself needs only to deploy, and a server from npm (tests/deploy/package.json).
TEST_PACKAGES := doctest-dev libgumbo-dev chromium openssl nginx-light libnginx-mod-http-brotli-static caddy rclone \
  $(if $(shell command -v node && command -v npm),,nodejs npm)
LINT_PACKAGES := clang-format clang-tidy shellcheck

SANITIZE ?=
PRESET := $(or $(SANITIZE),release)
BUILD := build$(addprefix -,$(SANITIZE))
JOBS ?= $(shell nproc)
V ?=
ARGS ?=
TESTS ?=
BENCH_PAGES ?= 1000 10000 100000
RUNS ?= 5
HUGO_PAGES ?= 10000
BENCH_DIR ?= /dev/shm

# Recipes are bash scripts that stop at the first failure. One target at a time, also with -j: Ninja uses the cores.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DELETE_ON_ERROR:
ifeq ($(V),)
.SILENT:
endif

ifneq ($(filter-out release asan tsan,$(PRESET)),)
  $(error SANITIZE=$(SANITIZE) is not known: use asan or tsan)
endif

.PHONY: help site serve check audit deploy test bench golden lint clean
help:
	cat <<'END'
	make site     build the generator, then the example site, into site/public
	make serve    show the example site in a browser while you edit it (ARGS='--open')
	make check    everything that make site checks, without writing
	make deploy   build the example site and put it online: TARGET=NAME is its [deploy.NAME]
	make test     run every test (SANITIZE=asan or tsan: those of the program, with these sanitizers)
	make bench    measure speed on a corpus of its own, beside Hugo where it is installed
	make golden   rewrite the expected output of tests/golden
	make lint     check the format of the code, and the code, with clang's tools
	make clean    remove everything that was built
	END

site: $(BUILD)/.hardtop
	$(BUILD)/hardtop -C site build $(ARGS)
	echo 'The site is in site/public.'

check: $(BUILD)/.hardtop
	$(BUILD)/hardtop -C site check $(ARGS)

TARGET ?=
deploy: $(BUILD)/.hardtop
	if [ -z "$(TARGET)" ]; then
	  echo 'make deploy: say where to: make deploy TARGET=NAME, for [deploy.NAME] of site/site.toml.' >&2
	  exit 2
	fi
	$(BUILD)/hardtop -C site build
	$(BUILD)/hardtop -C site deploy '$(TARGET)' $(ARGS)

serve: $(BUILD)/.hardtop
	$(BUILD)/hardtop -C site serve $(ARGS)

audit:
	echo "make $@: this version of hardtop does not have it yet." >&2
	exit 2

# A race or a stray read that is only printed would be overlooked: the sanitizers end the program.
test: export ASAN_OPTIONS := detect_stack_use_after_return=1
test: export UBSAN_OPTIONS := print_stacktrace=1
test: export TSAN_OPTIONS := halt_on_error=1
test: $(BUILD)/.tests
	run() { ctest --test-dir $(BUILD) --output-on-failure --parallel $(JOBS) --no-label-summary --no-tests=error $(if $(TESTS),-R '$(TESTS)') "$$@"; }
	if [ -n "$(V)" ]; then run --verbose
	elif [ -t 1 ]; then run --progress
	else run | { grep -vE '^ +Start +[0-9]+: | Passed +[0-9.]+ sec$$' || true; }
	fi

golden: $(BUILD)/.hardtop
	for site in tests/golden/*/; do
	  HARDTOP=$(BUILD)/hardtop tests/golden/run.sh --rewrite "$$(basename "$$site")"
	done
	git status --short tests/golden || true

bench: $(BUILD)/.tests
	$(BUILD)/tests/hardtop_bench --hardtop $(BUILD)/hardtop --pages '$(BENCH_PAGES)' --runs $(RUNS) \
	  --hugo-up-to $(HUGO_PAGES) --dir $(BENCH_DIR)

clean:
	rm -rf build build-asan build-tsan site/public site/.hardtop

# --- The program and the tests. Ninja knows what is out of date, so these always run.

# On a terminal Ninja shows its progress on one line. In a pipe that would be a line a file.
define run_ninja
if [ -n "$(V)" ]; then cmake --build $(BUILD) --parallel $(JOBS) --verbose $(1)
elif [ -t 1 ]; then cmake --build $(BUILD) --parallel $(JOBS) $(1)
else cmake --build $(BUILD) --parallel $(JOBS) $(1) -- --quiet | { grep -vx 'ninja: no work to do.' || true; }
fi
endef

.PHONY: $(BUILD)/.hardtop $(BUILD)/.tests
$(BUILD)/.hardtop: $(BUILD)/.configured
	[ -e $(BUILD)/hardtop ] || echo 'Building the generator; the first time takes some minutes.'
	$(call run_ninja,--target hardtop)

$(BUILD)/.tests: $(BUILD)/.configured-tests build/browser/.installed build/deploy-tests/.installed
	[ -e $(BUILD)/tests/hardtop_tests ] || echo 'Building the generator and its tests$(if $(SANITIZE), with $(SANITIZE)).'
	$(call run_ninja)

# Both share one folder, so that make test does not compile again what make site has compiled: the first is configured
# without the tests, whose packages make site does not ask for; the tests are switched on when they are first wanted,
# and stay on.
$(BUILD)/.configured: build/.packages CMakePresets.json
	mkdir -p $(@D)
	[ -e $(BUILD)/build.ninja ] || { $(call configure,OFF); }
	touch $@

$(BUILD)/.configured-tests: build/.packages-tests CMakePresets.json
	mkdir -p $(@D)
	$(call configure,ON)
	touch $@

# What the browser tests and the deploy tests take from npm: exactly the packages of their lock files, and no browser.
define install_npm_packages
mkdir -p $(@D)
cp $(1)/package.json $(1)/package-lock.json $(@D)
npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --prefer-offline >$(@D)/npm.log 2>&1 || {
  tail -n 20 $(@D)/npm.log >&2
  echo 'make: npm could not install what the tests in $(1) need (see above; all of it is in $(@D)/npm.log).' >&2
  echo 'Check the network and `npm config get registry`, then make again. Without a network, on a machine that has the' >&2
  echo 'packages in its npm cache, this works: npm_config_offline=true make test' >&2
  exit 3
}
touch $@
endef
build/browser/.installed: tests/browser/package.json tests/browser/package-lock.json | build/.packages-tests
	$(call install_npm_packages,tests/browser)
build/deploy-tests/.installed: tests/deploy/package.json tests/deploy/package-lock.json | build/.packages-tests
	$(call install_npm_packages,tests/deploy)

configure = cmake --preset $(PRESET) -DHARDTOP_TESTS=$(1) >$(BUILD)/configure.log 2>&1 || \
  { cat $(BUILD)/configure.log >&2; exit 1; }

# --- The packages. dpkg is asked once; the empty file remembers it until a list above changes. Each asks for all that
# its users need, so that who may not install gets one command to pass on.

build/.packages: Makefile
	$(call require_packages,$(BUILD_PACKAGES))
build/.packages-tests: Makefile
	$(call require_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES))
build/.packages-lint: Makefile
	$(call require_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(LINT_PACKAGES))

# Installs those of the packages that are missing. Where there is no dpkg, CMake says what it does not find.
define require_packages
mkdir -p build
missing=()
if command -v dpkg-query >/dev/null; then
  installed=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(1) 2>/dev/null || true)
  for package in $(1); do
    grep -qxF "$$package installed" <<<"$$installed" || missing+=("$$package")
  done
fi
if [ $${#missing[@]} -gt 0 ]; then
  install=(apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=600 "$${missing[@]}")
  as_root=(env DEBIAN_FRONTEND=noninteractive)
  may=1
  if [ "$$(id -u)" != 0 ]; then
    as_root=(sudo "$${as_root[@]}")
    # Without a terminal sudo cannot ask for a password.
    if ! command -v sudo >/dev/null; then may=; elif [ -t 0 ]; then sudo -v || may=; else sudo -n true 2>/dev/null || may=; fi
  fi
  if [ -z "$$may" ]; then
    printf 'hardtop needs Debian packages that are not installed, and you are not root. As root, run this, then make again:\n\n' >&2
    printf '  apt-get update && apt-get install --yes --no-install-recommends %s\n\n' "$${missing[*]}" >&2
    exit 2
  fi
  echo "Installing Debian packages: $${missing[*]}"
  log=build/packages.log
  {
    # A new machine has no package lists, an old one has lists of files that are gone: both need an update first.
    "$${as_root[@]}" "$${install[@]}" --simulate && "$${as_root[@]}" "$${install[@]}" || {
      "$${as_root[@]}" apt-get update && "$${as_root[@]}" "$${install[@]}"
    }
  } $(if $(V),2>&1 | tee $$log,>$$log 2>&1) || {
    $(if $(V),:,tail -n 20 $$log >&2)
    echo "make: installing the packages failed. Everything that apt-get said is in $$log." >&2
    exit 3
  }
fi
touch $@
endef

# --- The code itself, with the tools of Debian 12 (clang 14).

# All three are run, also after one has failed. clang-tidy reads the flags that CMake wrote down, and files that it made.
lint: build/.packages-lint $(BUILD)/.configured-tests
	bad=()
	mapfile -t unformatted < <(git ls-files '*.cc' '*.h' | xargs clang-format --dry-run 2>&1 | sed -nE 's/^([^:]+):[0-9]+:.*/\1/p' | sort -u)
	if [ $${#unformatted[@]} -gt 0 ]; then
	  printf 'not as clang-format 14 would write it; run: clang-format -i %s\n' "$${unformatted[*]}"
	  bad+=(format)
	fi
	git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck --shell=bash --exclude=SC2154 || bad+=(shell)
	git ls-files -z 'generator/*.cc' | xargs -0 -n 1 -P $(JOBS) \
	  sh -c 'out=$$(clang-tidy -p $(BUILD) --quiet "$$0" 2>&1) || { printf "%s\n" "$$out"; exit 1; }' || bad+=(tidy)
	if [ $${#bad[@]} -gt 0 ]; then echo "make lint found something: $${bad[*]}" >&2; exit 1; fi

# Two commands matter: `make run` and `make test`. Both do all their own set-up.
SHELL := /bin/bash
PY := .venv/bin/python
ARGS ?=
SOAK_MINUTES ?= 20
TORTURE_MINUTES ?= 20

.PHONY: help setup setup-tests run test check bench soak torture demo-offline lock clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

setup:
	@deploy/setup.sh

setup-tests:
	@deploy/setup.sh tests

## make run [ARGS="--offline"]   one visit end to end, or the kiosk window where there is a display
run: setup
	@$(PY) -m kiosk demo $(ARGS)

## make demo-offline             the visit with the network cut, and the later delivery
demo-offline: setup
	@$(PY) -m kiosk demo --offline

## make check                    lint, types, imports, qmllint, house rules
check: setup
	@.ci/check.sh

## make test                     all tests that CI runs
test: setup-tests
	@.ci/test.sh

## make bench                    figures with the limit beside each, also in out/bench/
bench: setup-tests
	@$(PY) -m tests.bench

## make soak [SOAK_MINUTES=20]   visits with random device faults; figures also in out/soak.json
soak: setup-tests
	@$(PY) -m tests.soak --minutes $(SOAK_MINUTES)

## make torture [TORTURE_MINUTES=20]   the queue under power cuts, kills, failing disks; also out/torture.json
torture: setup-tests
	@$(PY) -m tests.torture --minutes $(TORTURE_MINUTES)

## make lock                     resolve requirements/*.in again and lock by hash
lock: setup
	@.ci/lock.sh

clean:
	rm -rf .venv out .pytest_cache .ruff_cache .hypothesis

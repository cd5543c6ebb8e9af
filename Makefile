# Osteon's commands. `make demo` and `make test` install what they lack.
SHELL := /bin/bash
MVN := mvn -B -ntp
PYTHON := /usr/bin/python3
PY_FILES := training

.PHONY: demo test test-java test-python chaos bench train format clean python-tools

# The main job on one machine with nothing else running.
demo:
	./osteon demo --count 300

# All tests, Java and Python.
test: test-java test-python

test-java:
	$(MVN) verify

test-python: python-tools
	$(PYTHON) -m black --check --quiet $(PY_FILES)
	$(PYTHON) -m isort --check --quiet $(PY_FILES)
	$(PYTHON) -m flake8 $(PY_FILES)
	cd training && $(PYTHON) -m pytest -q

# The long form of the proof: kills at named points and at random, on all four guarantees. Half an hour at most.
chaos:
	$(MVN) verify -Dosteon.chaos=long -Dtest='*ChaosTest' -Dsurefire.failIfNoSpecifiedTests=false

bench:
	./osteon bench

train: python-tools
	training/train

format: python-tools
	$(MVN) -q spotless:apply
	$(PYTHON) -m black --quiet $(PY_FILES)
	$(PYTHON) -m isort --quiet $(PY_FILES)

clean:
	$(MVN) -q clean
	rm -rf training/.pytest_cache

# Training runs on Debian's PyTorch; the versions are Debian 12's.
python-tools:
	@training/install

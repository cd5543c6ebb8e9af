# Osteon's commands. `make demo` and `make test` install what they lack.
SHELL := /bin/bash
MVN := mvn -B -ntp
PYTHON := /usr/bin/python3

.PHONY: demo test test-java test-python lint-python chaos references rolling-upgrade bench train format clean python-tools ops-tools image image-proof audit

# The main job on one machine with nothing else running.
demo:
	./osteon demo --count 300

# All tests, Java and Python.
# Python first: a Java test asks PyTorch whether both sides answer alike. Checks of style take seconds, so they stop early.
test: python-tools ops-tools lint-python test-java test-python

test-java:
	$(MVN) verify

PYTHON_PARTS := training k8s/scaling k8s/audit

lint-python: python-tools
	for part in $(PYTHON_PARTS); do (cd $$part && $(PYTHON) -m black --check --quiet . && \
	  $(PYTHON) -m isort --check --quiet . && $(PYTHON) -m flake8 .) || exit 1; done

test-python: python-tools
	for part in $(PYTHON_PARTS); do (cd $$part && $(PYTHON) -m pytest -q) || exit 1; done

# The long form of the proof: kills at named points and at random, on all four guarantees. Half an hour at most.
chaos:
	$(MVN) verify -Dosteon.chaos=long -Dtest='*ChaosTest' -Dsurefire.failIfNoSpecifiedTests=false

# The long form of images by reference: a thousand of 10 MB from an S3 server, with a 512 MB heap.
references:
	$(MVN) verify -Dosteon.references=long -Dtest='ReferencesTest' -Dsurefire.failIfNoSpecifiedTests=false

# Three replicas under load, replaced one after another, with a model switch in the middle.
rolling-upgrade:
	$(MVN) verify -pl src -am -Dtest=RollingUpgradeTest -Dsurefire.failIfNoSpecifiedTests=false

bench:
	./osteon bench --picture target/bench.png

# osteon-l and osteon-s again, from radiographs, boxes and published weights: hours on two cores; a killed one goes on. See
# docs/training.md. With CONFIG one version of that configuration instead: `make train DATA=- CONFIG=training/configs/demo.toml`
# trains on drawn radiographs alone, half a minute at SIZE=64. FIT holds further options of `training/train fit`.
DATA ?= ../shared/data/xrays
WEIGHTS ?= ../shared/weights/resnet50_v2_stage1to3.pth
BOXES ?= $(DATA)/boxes.csv
ABOUT ?= training/datasets/xrays.md
SIZE ?= 224
SYNTHETIC ?= 100
WORK ?= target/training
MODELS ?= $(WORK)/models/osteon-s
TEACHER ?= $(WORK)/models/osteon-l
BEGUN := --set network.weights=$(WEIGHTS) --set "network.weights_from=ResNet-50 v2, stages 1 to 3, ONNX model zoo, Apache-2.0"
LATEST = $$(ls -d $(1)/[0-9]* | sort -V | tail -1)
train: python-tools
	./osteon dataset prepare $(DATA) $(WORK)/arrays --size $(SIZE) --synthetic $(SYNTHETIC)
ifdef CONFIG
	training/train fit $(WORK)/arrays $(MODELS) --config $(CONFIG) --run $(WORK)/run $(FIT)
else
	test -d $(TEACHER)/1 || training/train fit $(WORK)/arrays $(TEACHER) --config training/configs/osteon-l.toml --run $(WORK)/osteon-l \
	  --boxes $(BOXES) --about $(ABOUT) $(BEGUN)
	./osteon model verify $(call LATEST,$(TEACHER))
	training/train fit $(WORK)/arrays $(MODELS) --config training/configs/osteon-s.toml --run $(WORK)/osteon-s \
	  --boxes $(BOXES) --about $(ABOUT) --set network.weights=$(WORK)/osteon-l/member-1/weights.pt \
	  --set teaching.teacher=$(WORK)/osteon-l/member-1/weights.pt --set "network.weights_from=osteon-l, trained with it"
endif
	./osteon model verify $(call LATEST,$(MODELS))

format: python-tools
	$(MVN) -q spotless:apply
	for part in $(PYTHON_PARTS); do (cd $$part && $(PYTHON) -m black --quiet . && $(PYTHON) -m isort --quiet .); done

clean:
	$(MVN) -q clean
	rm -rf training/.pytest_cache

# Training runs on Debian's PyTorch; the versions are Debian 12's.
python-tools:
	@training/install

# promtool for the alert rules, kubectl for the manifests: without them those tests are skipped, and say so.
ops-tools:
	@k8s/install

# The container image as a tarball, without a registry and without Docker; FLAVOUR=gpu leaves the CPU's libtorch out, and its
# BASE must bring one with CUDA. BASE is any base that Jib takes (tar:///file.tar, registry/name:tag); without, one is made.
FLAVOUR ?= cpu
BASE ?= tar://$(CURDIR)/target/image/base.tar
image: $(if $(findstring target/image/base.tar,$(BASE)),target/image/base.tar)
	$(MVN) -q -Dmaven.test.skip=true -Pcentral,image$(if $(filter gpu,$(FLAVOUR)),$(comma)image-gpu) -Dimage.base=$(BASE) \
	  -pl src -am package
	cp src/target/sbom/osteon-sbom.json target/image/osteon-$(FLAVOUR).sbom.json
	@ls -lh target/image/osteon-$(FLAVOUR).tar target/image/osteon-$(FLAVOUR).sbom.json

comma := ,

target/image/base.tar: k8s/image/base
	k8s/image/base $@

# Unpacks the CPU image and runs it in a namespace of its own: golden check, then 40 events.
image-proof: image
	k8s/image/prove target/image/osteon-cpu.tar

# What the image brings along, held to what was reviewed; advisories where a scanner is installed. ACCEPT=1 after a review.
audit:
	$(MVN) -q -Dmaven.test.skip=true -Pcentral,image -pl src -am prepare-package
	$(PYTHON) k8s/audit/audit.py src/target/sbom/osteon-sbom.json k8s/audit/reviewed.txt $(if $(ACCEPT),--accept)

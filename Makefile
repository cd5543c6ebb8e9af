# Osteon's commands. `make demo` and `make test` install what they lack.
SHELL := /bin/bash
MVN := mvn -B -ntp
PYTHON := /usr/bin/python3

.PHONY: demo round-trip check check-java check-python test test-java test-python integration lint-python chaos fuzz hostile references rolling-upgrade bench train javadoc format clean pictures api-server python-tools ops-tools example-tools image image-proof image-gpu-proof audit release

# The main job on one machine with nothing else running.
demo:
	./osteon demo --count 300

# A version that falls behind its patients, and what its truths make of the next one: drift, alarm, export, training, shadow, promotion.
round-trip: python-tools
	./osteon demo --round-trip

# What to run before a commit: style, borders and whatever needs no server, in three minutes.
check: python-tools ops-tools lint-python
	$(call each,check-java check-python)

# All tests, Java and Python. Checks of style take seconds, so they stop early; neither language's tests stop the other's.
test: python-tools ops-tools example-tools lint-python
	$(call each,test-java test-python)

# Makes each target, also after one that failed, and fails where one did.
each = @failed=; for target in $(1); do $(MAKE) --no-print-directory $$target || failed="$$failed $$target"; done; \
  [ -z "$$failed" ] || { echo "osteon: failed:$$failed" >&2; exit 1; }

check-java:
	$(MVN) --fail-at-end test -Dlanes.skip=true

# Python's tools first: a Java test asks PyTorch whether both sides answer alike.
test-java: python-tools
	$(MVN) --fail-at-end verify

# Tests with servers, and without those that kill them.
integration: python-tools example-tools
	$(MVN) verify -Dunit.skip=true -Dlanes=integration

PYTHON_PARTS := training k8s/scaling k8s/audit

lint-python: python-tools
	for part in $(PYTHON_PARTS); do (cd $$part && $(PYTHON) -m black --check --quiet . && \
	  $(PYTHON) -m isort --check --quiet . && $(PYTHON) -m flake8 .) || exit 1; done

check-python: python-tools
	$(call each-part,-m "not slow")

test-python: python-tools
	$(call each-part,)

each-part = @failed=; for part in $(PYTHON_PARTS); do (cd $$part && $(PYTHON) -m pytest -q $(1)) || failed="$$failed $$part"; done; \
  [ -z "$$failed" ] || { echo "osteon: tests failed in:$$failed" >&2; exit 1; }

# The long form of the proof: kills at named points and at random, on all four guarantees. Half an hour at most.
chaos:
	$(MVN) verify -Dosteon.chaos=long -Dtest='*ChaosTest,KillsTest,ClusterTest,KilledReplicaTest'

# Forty PNGs of 800 MB and sixty large JPEG 2000 radiographs at a replica with the manifest's memory, both guarantees.
hostile: python-tools
	$(MVN) verify -pl src -am -Dunit.skip=true -Dosteon.hostile=long -Dtest=HostileBacklogTest -Dsurefire.failIfNoSpecifiedTests=false

# Ten minutes of changed files at the decoders, from another seed each time.
FUZZ_SECONDS ?= 600
fuzz:
	$(MVN) verify -pl src -am -Dunit.skip=true -Dosteon.fuzz.seconds=$(FUZZ_SECONDS) -Dosteon.fuzz.seed=$$(date +%s) \
	  -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false

# The long form of images by reference: a thousand of 10 MB from an S3 server, with a 512 MB heap.
references:
	$(MVN) verify -Dosteon.references=long -Dtest='ReferencesTest'

# Three replicas under load, replaced one after another, with a model switch in the middle; wants an idle machine.
rolling-upgrade:
	$(MVN) verify -pl src -am -Dosteon.rolling=timed -Dtest=RollingUpgradeTest

# What only an idle machine can show, that the benchmark sees what it says among it; then the benchmark.
bench:
	$(MVN) -q test -pl src -am -Dunit.skip=true -Dlanes=bench -Dlanes.jvm=
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
	training/train fit $(WORK)/arrays $(MODELS) --config training/configs/osteon-s.toml --run $(WORK)/osteon-s --member 1 \
	  --boxes $(BOXES) --set network.weights=$(WORK)/osteon-l/member-1/weights.pt \
	  --set teaching.teacher=$(WORK)/osteon-l/member-1/weights.pt --set "network.weights_from=osteon-l, trained with it"
	training/train fit $(WORK)/arrays $(MODELS) --config training/configs/osteon-s-maps.toml --run $(WORK)/osteon-s-maps \
	  --boxes $(BOXES) --about $(ABOUT) --set network.weights=$(WORK)/osteon-s/member-1/weights.pt \
	  --set "network.weights_from=osteon-s before it, whose answer this version keeps"
endif
	./osteon model verify $(call LATEST,$(MODELS))

# The Javadoc, without a warning, into src/target/reports/apidocs.
javadoc:
	$(MVN) -q compile org.apache.maven.plugins:maven-javadoc-plugin:javadoc -pl src -am

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

# Other people's Kafka and DICOM clients: without them the tests of examples/ are skipped, and say so.
example-tools:
	@examples/install

# Overlays and chart, applied to a real API server, that of Kubernetes 1.20: a minute, and ten before the first time, to make it.
api-server: ops-tools target/api-server/kube-apiserver
	$(MVN) verify -pl src -am -Dunit.skip=true -Dlanes=api-server

target/api-server/kube-apiserver: k8s/api-server/build
	k8s/api-server/build $(@D)

# The pictures of the console, the report and a capture in docs/, as Chromium shows them.
pictures: python-tools example-tools
	$(MVN) verify -pl src -am -Dunit.skip=true -Dosteon.pictures=$(CURDIR)/docs -Dtest='ConsoleBrowserTest,CaptureViewerTest,ReportCommandTest' -Dsurefire.failIfNoSpecifiedTests=false

# The container image as a tarball, without a registry and without Docker; FLAVOUR=gpu has libtorch with CUDA instead of the CPU's,
# 3 GB to download. BASE is any base that Jib takes (tar:///file.tar, registry/name:tag); without, one is made.
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

# The same of the image for GPUs, as far as a machine without a driver goes: its libraries, and falling back to the CPU. 20 GB of disk.
image-gpu-proof:
	$(MAKE) --no-print-directory image FLAVOUR=gpu
	k8s/image/prove target/image/osteon-gpu.tar

# Version, notes, image, SBOM and tag, all local: make release VERSION=0.2.0
release:
	k8s/image/release $(VERSION)

# What the image brings along, held to what was reviewed; advisories where a scanner is installed. ACCEPT=1 after a review.
audit:
	$(MVN) -q -Dmaven.test.skip=true -Pcentral,image -pl src -am prepare-package
	$(PYTHON) k8s/audit/audit.py src/target/sbom/osteon-sbom.json k8s/audit/reviewed.txt $(if $(ACCEPT),--accept)

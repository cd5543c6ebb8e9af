"""What the audit must notice, each planted."""

import json

import pytest

import audit

GUAVA = "pkg:maven/com.google.guava/guava@33.0?type=jar"


def component(purl, digest="aa", licence="Apache-2.0"):
    hashes = [{"alg": "SHA-256", "content": digest}] if digest else []
    return {"purl": purl, "hashes": hashes, "licenses": [{"license": {"id": licence}}]}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(audit.shutil, "which", lambda name: None)

    def audited(*found, accept=False):
        sbom = tmp_path / "sbom.json"
        sbom.write_text(json.dumps({"components": list(found)}))
        words = [str(sbom), str(tmp_path / "reviewed.txt")] + (["--accept"] if accept else [])
        status = audit.main(words)
        return status, capsys.readouterr().out

    return audited


def test_what_was_accepted_passes_and_the_missing_scanner_is_said(run):
    status, said = run(component(GUAVA), accept=True)
    assert status == 0
    status, said = run(component(GUAVA))
    assert status == 0 and "NOT CHECKED: advisories" in said and "1 Apache-2.0" in said


@pytest.mark.parametrize(
    "found, sentence",
    [
        ([component(GUAVA), component("pkg:maven/a/b@1?type=jar")], "pkg:maven/a/b@1?type=jar is new"),
        ([component(GUAVA, "bb")], "is another file than the one reviewed"),
        ([component(GUAVA, "")], "has no SHA-256"),
        ([component("pkg:maven/a/b@1-SNAPSHOT?type=jar")], "has no fixed version"),
        ([], "guava@33.0?type=jar is gone"),
    ],
)
def test_each_fault_is_said_and_fails(run, found, sentence):
    run(component(GUAVA), accept=True)
    status, said = run(*found)
    assert status == 1 and sentence in said


def test_the_project_itself_is_no_dependency(run):
    run(component(GUAVA), accept=True)
    status, _ = run(component(GUAVA), component("pkg:maven/org.osteon/osteon@1?type=jar"))
    assert status == 0


def test_a_scanner_that_is_there_is_asked_and_believed(tmp_path):
    asked = []

    class Ran:
        returncode = 1

    def run(command, check):
        asked.append(command)
        return Ran()

    found = audit.scan(tmp_path / "sbom.json", lambda n: "/bin/grype" if n == "grype" else None, run)
    assert found == {"grype": 1}
    assert asked == [["/bin/grype", "--fail-on", "high", str(tmp_path / "sbom.json")]]

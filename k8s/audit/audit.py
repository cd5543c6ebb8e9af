"""What the service brings along: `make audit`, or audit.py SBOM REVIEWED [--accept].

Holds the SBOM (CycloneDX) to the list of what was reviewed, counts licences, and gives the SBOM to a scanner of
advisories where one is installed. Exit status 1 where something is new, changed, unpinned or advised against.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

# Command lines of scanners that read CycloneDX and bring or fetch a database of their own.
SCANNERS = {
    "osv-scanner": ["scan", "source", "--sbom"],
    "grype": ["--fail-on", "high"],
    "trivy": ["sbom", "--exit-code", "1", "--severity", "HIGH,CRITICAL"],
}
NO_SCANNER = (
    "NOT CHECKED: advisories. None of {} is installed, and what this build reaches (Maven Central, Debian, npm)"
    " serves none. Install one where its database can be fetched and run make audit again, or give it {}."
)


def components(sbom):
    """{package URL: SHA-256} of everything in the SBOM but the project itself.

    With its qualifiers: one coordinate may have several files, Java and the natives of a platform.
    """
    found = {}
    for component in sbom.get("components", []):
        if not component["purl"].startswith("pkg:maven/org.osteon/"):
            digests = {h["alg"]: h["content"] for h in component.get("hashes", [])}
            found[component["purl"]] = digests.get("SHA-256", "")
    return found


def faults(found, reviewed):
    """Sentences about what was not reviewed, and what cannot be told from something else."""
    said = []
    for url, digest in sorted(found.items()):
        if "SNAPSHOT" in url or "@" not in url:
            said.append(f"{url} has no fixed version: pin it.")
        if not digest:
            said.append(f"{url} has no SHA-256 in the SBOM.")
        elif url not in reviewed:
            said.append(f"{url} is new: read what it is, then run make audit ACCEPT=1.")
        elif reviewed[url] != digest:
            said.append(f"{url} is another file than the one reviewed: find out why before you accept it.")
    for url in sorted(set(reviewed) - set(found)):
        said.append(f"{url} is gone: run make audit ACCEPT=1.")
    return said


def licences(sbom):
    """How many components have each licence, the most frequent first."""
    count = Counter()
    for component in sbom.get("components", []):
        names = [entry.get("license", {}) for entry in component.get("licenses", [])]
        names = [n.get("id") or n.get("name") for n in names if n] or ["none said"]
        count.update(set(names))
    return count.most_common()


def read_reviewed(file):
    """Lines of `PURL SHA-256`."""
    if not file.exists():
        return {}
    return dict(line.split(" ") for line in file.read_text().splitlines() if line and line[0] != "#")


def write_reviewed(file, found):
    lines = ["# What make audit has been told to accept: package URL and SHA-256 of the file."]
    lines += [f"{url} {digest}" for url, digest in sorted(found.items())]
    file.write_text("\n".join(lines) + "\n")


def scan(file, which=shutil.which, run=subprocess.run):
    """Exit statuses of the scanners that are installed, by name."""
    return {
        name: run([which(name), *arguments, str(file)], check=False).returncode
        for name, arguments in SCANNERS.items()
        if which(name)
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sbom", type=Path)
    parser.add_argument("reviewed", type=Path)
    parser.add_argument("--accept", action="store_true", help="write the list anew")
    given = parser.parse_args(arguments)
    sbom = json.loads(given.sbom.read_text())
    found = components(sbom)
    print(f"{len(found)} components, each pinned by SHA-256. Licences:")
    for name, count in licences(sbom):
        print(f"  {count:4} {name}")
    if given.accept:
        write_reviewed(given.reviewed, found)
        print(f"{given.reviewed} holds them as reviewed: commit it.")
    said = faults(found, read_reviewed(given.reviewed))
    print("\n".join(said) or "All of them are the ones that were reviewed.")
    scanned = scan(given.sbom)
    for name, status in scanned.items():
        print(f"{name}: {'found something' if status else 'found nothing'}")
    if not scanned:
        print(NO_SCANNER.format(", ".join(SCANNERS), given.sbom))
    return 1 if said or any(scanned.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

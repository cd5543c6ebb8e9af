"""Unpacks a Docker image tarball: unpack.py IMAGE.tar ROOT RUN.

Layers in order into ROOT; what to run, and as whom, into RUN.
"""

import json
import pathlib
import sys
import tarfile


def main(image: str, root: str, run: str) -> None:
    """Raises ValueError where the image would run as root or carries files that its user could not read."""
    target = pathlib.Path(root)
    target.mkdir(parents=True)
    sizes = []
    with tarfile.open(image) as tarball:
        manifest = json.load(tarball.extractfile("manifest.json"))[0]
        config = json.load(tarball.extractfile(manifest["Config"]))["config"]
        for name in manifest["Layers"]:
            with tarfile.open(fileobj=tarball.extractfile(name)) as layer:
                size = 0
                for member in layer:
                    size += member.size
                    readable = member.mode & (0o005 if member.isdir() else 0o004)
                    if member.isreg() and member.name.lstrip("./").startswith("app/") and not readable:
                        raise ValueError(f"{member.name} is for root alone")
                    layer.extract(member, target)
                sizes.append(size)
    user = config.get("User", "")
    if not user or user.split(":")[0] in ("0", "root"):
        raise ValueError("the image runs as root")
    out = pathlib.Path(run)
    out.mkdir(parents=True)
    (out / "user").write_text(user)
    (out / "environment").write_text("\n".join(config["Env"]) + "\n")
    (out / "entrypoint").write_text("\n".join(config["Entrypoint"]) + "\n")
    (out / "layers").write_text("layers of " + ", ".join(f"{size / 1e6:.1f}" for size in sizes) + " MB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Stored values of DICOM files as Debian's pydicom with GDCM, or DCMTK, reads them.

Usage: /usr/bin/python3 dicom_reference.py FOLDER > dicom-reference.csv
Needs: apt-get install python3-pydicom python3-gdcm dcmtk. Writes, for each file that either reads: rows,
columns, SHA-256 of the first frame's values as little-endian int32, their mean, and 64 of them, evenly
spaced; of colours the luminance (ITU-R BT.601). No text of any header.
"""

import hashlib
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy
import pydicom
from pydicom.pixel_data_handlers.util import convert_color_space

PROBES = 64
warnings.simplefilter("ignore")


def stored(file):
    data = pydicom.dcmread(file, force=True)
    if not hasattr(data.file_meta, "TransferSyntaxUID"):
        data.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
    if data.file_meta.TransferSyntaxUID in ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"):
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "plain.dcm"
            subprocess.run(["dcmdjpeg", "+cn", str(file), str(plain)], check=True, capture_output=True)
            data = pydicom.dcmread(plain)
    pixels = data.pixel_array
    if int(getattr(data, "NumberOfFrames", 1) or 1) > 1:
        pixels = pixels[0]
    if pixels.ndim == 3:
        if data.PhotometricInterpretation.startswith("YBR"):
            return pixels[..., 0].astype(int)
        red, green, blue = (pixels[..., i].astype(int) for i in range(3))
        return (299 * red + 587 * green + 114 * blue + 500) // 1000
    return pixels.astype(int)


folder = Path(sys.argv[1])
print("file,rows,columns,sha256,mean,probes")
for file in sorted(folder.rglob("*.dcm")):
    try:
        values = stored(file)
    except Exception as error:
        print(f"{file.name}: {type(error).__name__}", file=sys.stderr)
        continue
    flat = values.ravel()
    digest = hashlib.sha256(flat.astype("<i4").tobytes()).hexdigest()
    probes = " ".join(str(v) for v in flat[numpy.linspace(0, flat.size - 1, PROBES).astype(int)])
    name = file.relative_to(folder).as_posix()
    print(f"{name},{values.shape[0]},{values.shape[1]},{digest},{flat.mean():.4f},{probes}")

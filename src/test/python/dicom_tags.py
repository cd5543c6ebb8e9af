"""What is in DICOM files, as Debian's pydicom reads them: FILE TAG VR VALUE, a line each, sequences entered.

Usage: /usr/bin/python3 dicom_tags.py FILE...
"""

import sys
import warnings

import pydicom

warnings.simplefilter("ignore")


def walk(name, data):
    for element in data:
        if element.VR == "SQ":
            print(name, f"{int(element.tag):08X}", "SQ", len(element.value))
            for item in element.value:
                walk(name, item)
        else:
            long = element.VR in ("OB", "OW", "OV", "UN")
            value = "-" if long else str(element.value).replace("\n", " ")
            print(name, f"{int(element.tag):08X}", element.VR.split(" ")[0], value)


for file in sys.argv[1:]:
    walk(file.rsplit("/", 1)[-1], pydicom.dcmread(file))

"""The model card: what the version is, what it was made from and what it is worth."""

from typing import Dict

TEMPLATE = """# {name} {version}

**Not a medical device. For research use only; never for clinical decisions.** No medically qualified
person has checked a label that this model was trained on.

## What it is
A compact residual network ({parameters:,} parameters) that looks at one grey plane of {height} × {width}
pixels and tells apart *no fracture found* (HEALTHY), *fracture* (FRACTURED) and *complex fracture or
non-union, urgent orthopaedic review* (BEYOND_REPAIR). Trained from scratch, without pretrained weights.

## What it was made from
{images} images, of which {synthetic} were drawn by the project itself (`synthetic`) and belong to nobody.
The real ones are radiographs gathered from public repositories, mostly without a stated licence; none is
part of the project. Splits are by group (same patient, same study or near-duplicates), so no picture leaks.
Digest of the arrays: `{digest}`.

- **"Beyond repair" stands for "many fragments"**: no public set labels what the class's name says. It is
  comminuted and segmental fractures, mostly from one source, mostly operable, with 18 real test images.
- "Fractured" holds plates and casts in one source and MURA's "abnormal" in others.
- **The model can cheat**: most severe images come from one source, and several healthy sources hold no
  fracture, so the file's origin gives classes away. Read the figures per source, below; the fair contrasts
  are kosratdev and Sanskriti-poudel (healthy against fractured) and desafin (fractured against severe).
- Drawn radiographs are easy; their figure says that the path works, and nothing about people.

## What it is worth
Test split, 95 % intervals by bootstrap over groups. Probabilities are calibrated by temperature
{temperature:.3f}, fitted on the validation split; below a confidence of {min_confidence} it refers to a person.

| images | n | accuracy | macro F1 | AUROC anything wrong | recall healthy / fractured / beyond repair |
| --- | --- | --- | --- | --- | --- |
{rows}

Calibration error (15 bins): real {ece_real}. Curves, confusion matrices and calibration are in `report/`.
For scale: always answering the commonest class of the real test split scores {majority:.3f}; the study that
this project grew from reached 0.743 on three classes without leaks, on other data.

## Where it must not be used
On people. On regions other than arms, hands and lower legs. On anything but plain radiographs: it has no
means to notice that a picture is none.
"""


def card(manifest: Dict, parameters: int) -> str:
    """The text of MODEL_CARD.md; manifest as `export.write_version` makes it, figures included."""
    metrics = manifest["metrics"]
    parts = [("real, all sources", metrics["real"]), ("drawn", metrics["synthetic"])]
    parts += sorted(metrics["bySource"].items(), key=lambda item: -item[1]["images"])
    confusion = metrics["real"]["confusion"]
    return TEMPLATE.format(
        name=manifest["name"],
        version=manifest["version"],
        parameters=parameters,
        height=manifest["input"]["height"],
        width=manifest["input"]["width"],
        temperature=manifest["calibration"]["temperature"],
        min_confidence=manifest["decision"]["minConfidence"],
        rows="\n".join(_row(name, figures) for name, figures in parts),
        ece_real=metrics["real"]["expectedCalibrationError"],
        majority=max(map(sum, confusion)) / sum(map(sum, confusion)),
        **manifest["data"],
    )


def _row(name: str, figures: Dict) -> str:
    recall = " / ".join(
        str(figures["recall"].get(label, "–"))
        for label in ("HEALTHY", "FRACTURED", "BEYOND_REPAIR")
    )
    accuracy = f"{figures['accuracy']} ({figures['accuracy95'][0]}–{figures['accuracy95'][1]})"
    auroc = "–"
    if figures["abnormalAuroc"] is not None:
        low, high = figures["abnormalAuroc95"]
        auroc = f"{figures['abnormalAuroc']} ({low}–{high})"
    return (
        f"| {name} | {figures['images']} | {accuracy} | {figures['macroF1']} | {auroc} | {recall} |"
    )

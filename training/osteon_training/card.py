"""The model card: what the version is, what it was made from and what it is worth."""

from typing import Dict, List, Optional

TEMPLATE = """# {name} {version}

**Not a medical device. For research use only; never for clinical decisions.** No medically qualified
person has checked a label that this model was trained on.

## What it is
{what} ({parameters:,} parameters) that looks at one grey plane of {height} × {width} pixels and tells apart
*no fracture found* (HEALTHY), *fracture* (FRACTURED) and *complex fracture or non-union, urgent orthopaedic
review* (BEYOND_REPAIR). {weights}
Variants: {variants}. Intended use: research on triage of limb radiographs, and trying Osteon.

## What it was made from
{images} images, of which {synthetic} were drawn by the project itself (`synthetic`) and belong to nobody.
Splits are by group (same patient, same study or near-duplicates), so no picture leaks.
Digest of the arrays: `{digest}`. Code: `{revision}`. The whole configuration is in `model.json`, `training`.
{weaknesses}
## What it is worth
Test split, with 95 % intervals by bootstrap over groups. Probabilities are calibrated by temperature
{temperature:.3f}, fitted on the validation split.

| images | n | accuracy | macro F1 | AUROC anything wrong | sensitivity at specificity 0.85 |
| --- | --- | --- | --- | --- | --- |
{rows}

| class (radiographs) | n | recall | precision | specificity | AUROC | AUPRC |
| --- | --- | --- | --- | --- | --- | --- |
{classes}

Balanced accuracy {balancedAccuracy}, Cohen's kappa {kappa}, sensitivity at specificity 0.90
{sensitivityAtSpecificity90} and 0.95 {sensitivityAtSpecificity95}. Calibration error (15 bins)
{expectedCalibrationError}. Accuracy when the least certain fifth is
referred {accuracyReferring20}.{int8}
Always answering the commonest class would score {majority:.3f}. By body part: see `model.json`, `metrics`.
Pictures are in `report/`.

## Operating points
Chosen on the validation split; what they give on the test split:

| point | rule | gives |
| --- | --- | --- |
| REFER, `NOT_A_RADIOGRAPH` | mean logit below {minRadiographLogit} | see below |
| REFER, `LOW_CONFIDENCE` | best probability below {minConfidence} | see below |
| URGENT | anything wrong from {urgentProbability} on | {urgent} |
| CRITICAL | beyond repair from {criticalProbability} on | {critical} |

The first two together refer {referred} of the radiographs; the accuracy of the rest is {accuracyOfTheRest}.
They refer {outliers} of drawn pictures that are no radiograph.

## Where it must not be used
On people. On regions other than arms, hands and lower legs. It refers much of what is no radiograph of a limb,
not all of it: see docs/training.md for what was measured on other anatomy.
"""

REAL_WEAKNESSES = """
The radiographs were gathered from public repositories, mostly without a stated licence; none is part of the
project.

- **"Beyond repair" stands for "many fragments"**: no public set labels what the class's name says. It is
  comminuted and segmental fractures, mostly from one source, mostly operable, with few test images.
- "Fractured" holds plates and casts in one source and MURA's "abnormal" in others.
- **The model can cheat**: most severe images come from one source, and several healthy sources hold no
  fracture, so a file's origin gives classes away. Read the figures per source; the fair contrasts are
  kosratdev and Sanskriti-poudel (healthy against fractured) and desafin (fractured against severe).
- Drawn radiographs are easy; their figure says that the path works, and nothing about people.
"""
DRAWN_WEAKNESSES = """
Everything was drawn by the project. The figures say that the path works, and nothing about people.
"""


def card(manifest: Dict, parameters: int) -> str:
    """The text of MODEL_CARD.md; manifest as `export.write_version` makes it, figures included."""
    metrics, network = manifest["metrics"], manifest["training"]["network"]
    shown = metrics.get("real") or metrics["synthetic"]
    parts = [
        (n, metrics[k])
        for k, n in (("real", "radiographs"), ("synthetic", "drawn"))
        if k in metrics
    ]
    parts += sorted(metrics.get("bySource", {}).items(), key=lambda item: -item[1]["images"])
    members = network["members"]
    what = f"{members} networks {network['name']}, averaged," if members > 1 else network["name"]
    return TEMPLATE.format(
        name=manifest["name"],
        version=manifest["version"],
        what=what,
        parameters=parameters,
        height=manifest["input"]["height"],
        width=manifest["input"]["width"],
        weights="First weights from a file; its checksum is in the run's log."
        if network["weights"]
        else "Trained from scratch, without pretrained weights.",
        variants=", ".join(manifest["variants"]),
        weaknesses=REAL_WEAKNESSES if "real" in metrics else DRAWN_WEAKNESSES,
        temperature=manifest["calibration"]["temperature"],
        revision=manifest["code"]["revision"],
        rows="\n".join(_row(name, figures) for name, figures in parts),
        classes="\n".join(_class_row(name, row) for name, row in shown["classes"].items()),
        majority=max(map(sum, shown["confusion"])) / sum(map(sum, shown["confusion"])),
        outliers=metrics["notARadiograph"]["referred"],
        int8=_int8(metrics["int8"]) if "int8" in manifest["variants"] else "",
        **{k: _interval(v) for k, v in shown.items() if k in INTERVALS},
        urgent=_point(metrics["operatingPoints"], "urgent"),
        critical=_point(metrics["operatingPoints"], "critical"),
        **{k: _or_dash(metrics["operatingPoints"][k]) for k in ("referred", "accuracyOfTheRest")},
        **manifest["decision"],
        **manifest["data"],
    )


INTERVALS = (
    "balancedAccuracy",
    "kappa",
    "sensitivityAtSpecificity90",
    "sensitivityAtSpecificity95",
    "expectedCalibrationError",
    "accuracyReferring20",
)


def _int8(figures: Dict) -> str:
    accuracy, f1, auroc = (_interval(figures[k]) for k in ("accuracy", "macroF1", "abnormalAuroc"))
    return (
        f"\nIn int8: accuracy {accuracy}, macro F1 {f1}, AUROC of anything wrong\n"
        f"{auroc}; the answers of f32 for {figures['sameClass']:.1%} of the images.\n"
        f"URGENT: {_point(figures['operatingPoints'], 'urgent')}.\n"
        f"CRITICAL: {_point(figures['operatingPoints'], 'critical')}."
    )


def _point(points: Dict, name: str) -> str:
    both = (_or_dash(points[f"{name}{part}"]) for part in ("Sensitivity", "Specificity"))
    return "sensitivity {}, specificity {}".format(*both)


def _row(name: str, figures: Dict) -> str:
    keys = ("accuracy", "macroF1", "abnormalAuroc", "sensitivityAtSpecificity85")
    return (
        f"| {name} | {figures['images']} | "
        + " | ".join(_interval(figures[k]) for k in keys)
        + " |"
    )


def _class_row(name: str, row: Dict) -> str:
    rest = " | ".join(_or_dash(row[k]) for k in ("precision", "specificity", "auroc", "auprc"))
    return f"| {name} | {row['images']} | {_interval(row['recall'])} | {rest} |"


def _interval(value: Optional[List[float]]) -> str:
    return f"{value[0]:.3f} ({value[1]:.3f}–{value[2]:.3f})" if value else "–"


def _or_dash(value) -> str:
    return "–" if value is None else f"{value:.3f}"

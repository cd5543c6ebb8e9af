"""The model card: what the version is, what it was made from and what it is worth.

It says what is true of any data. What somebody knows of these data is quoted from the file that was
given with `fit --about`.
"""

from typing import Dict, List, Optional

from .card_tables import (
    class_rows,
    finding_rows,
    int8,
    interval,
    or_dash,
    place_lines,
    point,
    source_rows,
)

TEMPLATE = """# {name} {version}

**Not a medical device. For research use only; never for clinical decisions.**

## What it is
{what} ({parameters:,} parameters) that looks at one grey plane of {height} × {width} pixels and tells apart
{classes}. {weights}
Variants: {variants}. Intended use: research on triage of radiographs like these, and trying Osteon.
{lacking}
## What it was made from
{images} images, of which {synthetic} were drawn by the project itself (`synthetic`) and belong to no one.
{groups}
Digest of the arrays: `{digest}`. Code: `{revision}`. The whole configuration is in `model.json`, `training`.

{about}

## What it is worth
Test split, with 95 % intervals by bootstrap over groups. Probabilities are calibrated by temperature
{temperature:.3f}, fitted on the validation split.

| images | n | accuracy | macro F1 | AUROC anything wrong | sensitivity at \
specificity 0.85 | calibration error |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

| class ({shown}) | n | recall | precision | specificity | AUROC | AUPRC |
| --- | --- | --- | --- | --- | --- | --- |
{class_rows}

AUROC of anything wrong **within sources**, mean by pairs: {within}; read this one, because a picture's
source alone may give its class away.{features}
Sensitivity for anything wrong at specificity 0.90 {sensitivityAtSpecificity90} and 0.95
{sensitivityAtSpecificity95}; specificity at sensitivity 0.95 {specificityAtSensitivity95}. {severe}Balanced
accuracy {balancedAccuracy}, Cohen's kappa {kappa}. Calibration error (15 bins) {expectedCalibrationError}.
Accuracy when the least certain fifth is left to a person {accuracyReferring20}.{int8}
Always answering the commonest class would score {majority:.3f}. By body part: see `model.json`, `metrics`.
Pictures are in `report/`.
{places}
## Operating points
Chosen on the validation split; what they give on the test split:

| finding | rule | gives |
| --- | --- | --- |
| CRITICAL | {critical_rule} | {critical} |
| DEFINITE or worse | anything wrong from {definiteProbability} on | {definite} |
| DOUBT or worse | anything wrong from {doubtProbability} on | {doubt} |
| `NOT_A_RADIOGRAPH` | mean logit below {minRadiographLogit} | a person decides: {referred} of the \
radiographs, {outliers} of drawn pictures that are none |

DOUBT is meant to miss no more than one in twenty of what is wrong, DEFINITE to raise no more than one
in twenty of what is healthy. Images of the test split by what they are and what is said:

{findings}

## Where it must not be used
On people. On pictures unlike those it was made from: it refers much of what is no radiograph, not all.
"""

THREE = (
    "*no fracture found* (HEALTHY), *fracture* (FRACTURED) and *complex fracture or non-union, urgent\n"
    "orthopaedic review* (BEYOND_REPAIR)"
)
TWO = "*no fracture found* (HEALTHY) and *fracture* (FRACTURED)"
LACKING = """
**Two classes only.** No image of BEYOND_REPAIR was there to learn from: CRITICAL is never raised, and what
is beyond repair is a fracture at best.
"""
GROUPED = "Splits are by group (same patient, same study or near-duplicates)."
UNGROUPED = (
    "**Groups were not given**: no one said which pictures are of one patient, so some may be in\n"
    "more than one split, and the figures better than they should be."
)
UNKNOWN = (
    "Nobody described these data (`fit --about FILE`): who labelled them, under which licence they are and\n"
    "what is weak in them is not known here."
)
DRAWN = (
    "Everything was drawn by the project. The figures say that the path works, and nothing\n"
    "about people."
)
DRAWN_TOO = (
    "Drawn radiographs are easy; their figure says that the path works, and nothing about people."
)


def card(manifest: Dict, parameters: int, about: str = "") -> str:
    """The text of MODEL_CARD.md; manifest as `export.write_version` makes it, figures included.

    about: what is known of the data, Markdown below a heading of the second level.
    """
    metrics, data = manifest["metrics"], manifest["data"]
    real = "real" in metrics
    shown = metrics["real"] if real else metrics["synthetic"]
    names = {"real": "radiographs", "synthetic": "drawn"}
    parts = [(name, metrics[key]) for key, name in names.items() if key in metrics]
    parts += sorted(metrics.get("bySource", {}).items(), key=lambda item: -item[1]["images"])
    points, three = metrics["operatingPoints"], len(manifest["classes"]) > 2
    told = about.strip() or UNKNOWN
    if real and data["synthetic"]:
        told += "\n\n" + DRAWN_TOO
    return TEMPLATE.format(
        name=manifest["name"],
        version=manifest["version"],
        what=_what(manifest["training"]["network"]),
        parameters=parameters,
        height=manifest["input"]["height"],
        width=manifest["input"]["width"],
        classes=THREE if three else TWO,
        lacking="" if three else LACKING,
        weights=_weights(manifest["training"].get("beganWith", [])),
        variants=", ".join(manifest["variants"]),
        groups=GROUPED if data.get("grouped", True) else UNGROUPED,
        about=told if real else DRAWN,
        temperature=manifest["calibration"]["temperature"],
        revision=manifest["code"]["revision"],
        rows="\n".join(source_rows(parts)),
        shown=names["real" if real else "synthetic"],
        class_rows="\n".join(class_rows(shown["classes"])),
        within=interval(metrics.get("withinSources")),
        features=_features(metrics.get("sourceFromFeatures")),
        severe=_severe(shown),
        majority=max(map(sum, shown["confusion"])) / sum(map(sum, shown["confusion"])),
        int8=int8(metrics["int8"]) if "int8" in manifest["variants"] else "",
        places=place_lines(metrics.get("places")),
        **{key: interval(shown[key]) for key in INTERVALS},
        **{name: point(points, name) for name in ("doubt", "definite", "critical")},
        critical_rule=_critical(manifest["decision"]),
        referred=or_dash(points["referred"]),
        outliers=or_dash(metrics["notARadiograph"]["referred"]),
        findings="\n".join(finding_rows(points["findings"])),
        **{key: manifest["decision"][key] for key in DECISION},
        **{key: data[key] for key in ("digest", "images", "synthetic")},
    )


DECISION = ("minRadiographLogit", "doubtProbability", "definiteProbability")
INTERVALS = (
    "balancedAccuracy",
    "kappa",
    "sensitivityAtSpecificity90",
    "sensitivityAtSpecificity95",
    "specificityAtSensitivity95",
    "expectedCalibrationError",
    "accuracyReferring20",
)


def _what(network: Dict) -> str:
    if network["members"] > 1:
        return f"{network['members']} networks {network['name']}, averaged,"
    return network["name"]


def _weights(began: List[Dict[str, str]]) -> str:
    if not began:
        return "Trained from scratch, without pretrained weights."
    told = [
        f"`{one['file']}` ({one['from'] or 'origin and licence not given'}; sha256 `{one['sha256']}`)"
        for one in began
    ]
    return "Its first weights: " + ", which began with ".join(told) + "."


def _features(right: Optional[float]) -> str:
    if right is None:
        return ""
    return f"\nA linear classifier on its features names the source of {right:.0%} of the pictures."


def _severe(shown: Dict) -> str:
    if not shown.get("severeAuroc"):
        return ""
    return (
        f"Beyond repair against\nthe rest: AUROC {interval(shown['severeAuroc'])}, recall at "
        f"specificity 0.95 {interval(shown['severeRecallAtSpecificity95'])}. "
    )


def _critical(decision: Dict) -> str:
    if "criticalProbability" not in decision:
        return "never: the version does not know the class"
    return f"beyond repair from {decision['criticalProbability']} on"

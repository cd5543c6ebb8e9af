"""The tables and lines of a model card."""

from typing import Dict, Iterable, List, Optional, Tuple

SAID = ("NONE", "DOUBT", "DEFINITE", "CRITICAL", "NOT_A_RADIOGRAPH")


def source_rows(parts: Iterable[Tuple[str, Dict]]) -> List[str]:
    """Name and figures of each group of images."""
    keys = (
        "accuracy",
        "macroF1",
        "abnormalAuroc",
        "sensitivityAtSpecificity85",
        "expectedCalibrationError",
    )
    return [
        f"| {name} | {of['images']} | " + " | ".join(interval(of[k]) for k in keys) + " |"
        for name, of in parts
    ]


def class_rows(classes: Dict[str, Dict]) -> List[str]:
    """Figures of each class."""
    rows = []
    for name, row in classes.items():
        rest = " | ".join(or_dash(row[k]) for k in ("precision", "specificity", "auroc", "auprc"))
        rows.append(f"| {name} | {row['images']} | {interval(row['recall'])} | {rest} |")
    return rows


def finding_rows(findings: Dict[str, Dict[str, int]]) -> List[str]:
    """Images of each class by finding, as a table."""
    head = "| | " + " | ".join(SAID) + " |"
    lines = [head, "| --- " * (len(SAID) + 1) + "|"]
    for name, counts in findings.items():
        lines.append(f"| {name} | " + " | ".join(str(counts[word]) for word in SAID) + " |")
    return lines


def place_lines(places: Optional[Dict]) -> str:
    """Whether it looks where the finding is; nothing where no boxes were drawn."""
    if not places:
        return ""
    return (
        f"\nWhere the finding is, by boxes on {places['images']} images (and {places['healthyImages']} healthy"
        f" ones):\nthe surest mark of the map lies in a box for {interval(places['pointingGame'])}; recall of"
        f" boxes at half a\nfalse mark an image {interval(places['recallAt0.5FalseMarks'])}, at one"
        f" {interval(places['recallAt1FalseMarks'])}.\n"
    )


def int8(figures: Dict) -> str:
    """What eight bits give."""
    accuracy, f1, auroc = (interval(figures[k]) for k in ("accuracy", "macroF1", "abnormalAuroc"))
    points = figures["operatingPoints"]
    given = "; ".join(
        f"{name.upper()}: {point(points, name)}" for name in ("doubt", "definite", "critical")
    )
    return (
        f"\nIn int8: accuracy {accuracy}, macro F1 {f1}, AUROC of anything wrong\n"
        f"{auroc}; the answers of f32 for {figures['sameClass']:.1%} of the images.\n{given}."
    )


def point(points: Dict, name: str) -> str:
    """Sensitivity and specificity at an operating point."""
    both = (or_dash(points[f"{name}{part}"]) for part in ("Sensitivity", "Specificity"))
    return "sensitivity {}, specificity {}".format(*both)


def interval(value: Optional[List[float]]) -> str:
    """0.912 (0.89–0.93)."""
    return f"{value[0]:.3f} ({value[1]:.3f}–{value[2]:.3f})" if value else "–"


def or_dash(value: Optional[float]) -> str:
    """Three places."""
    return "–" if value is None else f"{value:.3f}"

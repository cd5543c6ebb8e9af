"""What the model is worth, in numbers with intervals: overall, per source and per body part."""

from typing import Callable, Dict, List, Optional

import numpy as np
import torch
from sklearn.metrics import (
    average_precision_score,
    cohen_kappa_score,
    confusion_matrix,
    f1_score,
    precision_score,
    roc_auc_score,
    roc_curve,
)

from .arrays import CLASSES, Arrays
from .calibrate import accuracy_when_referring, expected_calibration_error

BOOTSTRAPS = 500
# Of either side, for a source's own AUROC to mean something.
FEWEST = 5
K = range(len(CLASSES))
Figure = Callable[[np.ndarray, np.ndarray], float]


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Share of labels [N] that are the most probable of probability [N, K]."""
    return float((probability.argmax(1) == label).mean())


def balanced_accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Mean recall of the classes that are there."""
    predicted = probability.argmax(1)
    return float(np.mean([(predicted[label == k] == k).mean() for k in np.unique(label)]))


def macro_f1(probability: np.ndarray, label: np.ndarray) -> float:
    """Mean F1 of all classes; one without images and answers counts as 0, unless the model lacks it."""
    predicted = probability.argmax(1)
    known = [k for k in K if probability[:, k].any() or (label == k).any()]
    return float(f1_score(label, predicted, labels=known, average="macro", zero_division=0))


def kappa(probability: np.ndarray, label: np.ndarray) -> float:
    """Cohen's kappa; NaN where there is one class only."""
    if len(np.unique(label)) < 2:
        return float("nan")
    return float(cohen_kappa_score(label, probability.argmax(1)))


def abnormal_auroc(probability: np.ndarray, label: np.ndarray) -> float:
    """AUROC of anything but healthy; NaN where only one side is there."""
    wrong = label > 0
    if wrong.all() or not wrong.any():
        return float("nan")
    return float(roc_auc_score(wrong, 1 - probability[:, 0]))


def sensitivity_at(specificity: float) -> Figure:
    """Sensitivity for anything but healthy at a specificity; NaN where only one side is there."""

    def figure(probability: np.ndarray, label: np.ndarray) -> float:
        wrong = label > 0
        if wrong.all() or not wrong.any():
            return float("nan")
        false_alarms, found, _ = roc_curve(wrong, 1 - probability[:, 0], drop_intermediate=False)
        return float(found[false_alarms <= 1 - specificity + 1e-9].max())

    return figure


def specificity_at(sensitivity: float) -> Figure:
    """Specificity for anything but healthy at a sensitivity; NaN where only one side is there."""

    def figure(probability: np.ndarray, label: np.ndarray) -> float:
        wrong = label > 0
        if wrong.all() or not wrong.any():
            return float("nan")
        false_alarms, found, _ = roc_curve(wrong, 1 - probability[:, 0], drop_intermediate=False)
        return float(1 - false_alarms[found >= sensitivity - 1e-9].min())

    return figure


def severe_auroc(probability: np.ndarray, label: np.ndarray) -> float:
    """AUROC of beyond repair against the rest; NaN where only one side is there."""
    severe = label == 2
    if severe.all() or not severe.any():
        return float("nan")
    return float(roc_auc_score(severe, probability[:, 2]))


def severe_recall_at(specificity: float) -> Figure:
    """Recall of beyond repair at a specificity against the rest; NaN where only one side is there."""

    def figure(probability: np.ndarray, label: np.ndarray) -> float:
        severe = label == 2
        if severe.all() or not severe.any():
            return float("nan")
        false_alarms, found, _ = roc_curve(severe, probability[:, 2], drop_intermediate=False)
        return float(found[false_alarms <= 1 - specificity + 1e-9].max())

    return figure


def recall_of(klass: int) -> Figure:
    """Recall of one class; NaN without images of it."""

    def figure(probability: np.ndarray, label: np.ndarray) -> float:
        of_class = label == klass
        return (
            float((probability[of_class].argmax(1) == klass).mean()) if of_class.any() else np.nan
        )

    return figure


def calibration_error(probability: np.ndarray, label: np.ndarray) -> float:
    """Expected calibration error over 15 bins."""
    return expected_calibration_error(torch.from_numpy(probability), torch.from_numpy(label))


def referring_a_fifth(probability: np.ndarray, label: np.ndarray) -> float:
    """Accuracy when the least certain 20 % are referred."""
    return accuracy_when_referring(probability, label, 0.2)


HEADLINES: Dict[str, Figure] = {
    "accuracy": accuracy,
    "balancedAccuracy": balanced_accuracy,
    "macroF1": macro_f1,
    "kappa": kappa,
    "abnormalAuroc": abnormal_auroc,
    "sensitivityAtSpecificity85": sensitivity_at(0.85),
    "sensitivityAtSpecificity90": sensitivity_at(0.90),
    "sensitivityAtSpecificity95": sensitivity_at(0.95),
    "specificityAtSensitivity95": specificity_at(0.95),
    "severeAuroc": severe_auroc,
    "severeRecallAtSpecificity95": severe_recall_at(0.95),
    "expectedCalibrationError": calibration_error,
    "accuracyReferring20": referring_a_fifth,
}


def resamples(group: np.ndarray, count: Optional[int] = None) -> List[np.ndarray]:
    """Bootstrap indices over groups: pictures of one patient are not independent."""
    count = BOOTSTRAPS if count is None else count
    random = np.random.default_rng(7)
    names, index = np.unique(group, return_inverse=True)
    members = [np.flatnonzero(index == i) for i in range(len(names))]
    return [
        np.concatenate([members[i] for i in random.integers(0, len(names), size=len(names))])
        for _ in range(count)
    ]


def with_interval(
    figure: Figure, probability: np.ndarray, label: np.ndarray, draws: List[np.ndarray]
) -> Optional[List[float]]:
    """[value, low, high], 95 % by bootstrap; None where the figure has no meaning here."""
    value = figure(probability, label)
    if np.isnan(value):
        return None
    values = [figure(probability[drawn], label[drawn]) for drawn in draws]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return [round(float(v), 4) for v in (value, low, high)]


def figures(probability: np.ndarray, arrays: Arrays) -> Dict:
    """Every figure of some images, probability [N, K]; each headline as [value, low, high]."""
    label, predicted = arrays.labels, probability.argmax(1)
    draws = resamples(arrays.group)
    found: Dict = {"images": len(arrays)}
    for name, figure in HEADLINES.items():
        found[name] = with_interval(figure, probability, label, draws)
    found["confusion"] = confusion_matrix(label, predicted, labels=list(K)).tolist()
    found["classes"] = {
        name: _class_figures(k, probability, label, predicted, draws)
        for k, name in enumerate(CLASSES)
        if (label == k).any()
    }
    return found


def _class_figures(k: int, probability, label, predicted, draws) -> Dict:
    truth = label == k
    both = truth.any() and not truth.all()
    precision = precision_score(truth, predicted == k, zero_division=0)
    return {
        "images": int(truth.sum()),
        "recall": with_interval(recall_of(k), probability, label, draws),
        "precision": round(float(precision), 4),
        "specificity": round(float((predicted[~truth] != k).mean()), 4) if both else None,
        "auroc": round(float(roc_auc_score(truth, probability[:, k])), 4) if both else None,
        "auprc": round(float(average_precision_score(truth, probability[:, k])), 4)
        if both
        else None,
    }


def all_figures(probability: np.ndarray, test: Arrays) -> Dict:
    """Real and drawn images apart, and the real ones by source and body part: a model can cheat."""
    found: Dict = {}
    drawn = test.drawn
    if drawn.any():
        found["synthetic"] = figures(probability[drawn], test.where(drawn))
    if not drawn.all():
        real = test.where(~drawn)
        found["real"] = figures(probability[~drawn], real)
        found["withinSources"] = within_sources(probability[~drawn], real)
        found["bySource"] = _by(probability[~drawn], real, real.source)
        found["byBodyPart"] = _by(probability[~drawn], real, real.body_part)
    return found


def within_sources(probability: np.ndarray, arrays: Arrays) -> Optional[List[float]]:
    """AUROC of anything wrong within each source that has both sides, mean by pairs of a wrong and a
    healthy image: what is left when knowing the source is no help. [value, low, high], or None.
    """
    wrong, score = arrays.labels > 0, 1 - probability[:, 0]
    inside = [arrays.source == name for name in np.unique(arrays.source)]
    inside = [i for i in inside if min(wrong[i].sum(), (~wrong[i]).sum()) >= FEWEST]
    if not inside:
        return None

    def figure(chosen: np.ndarray) -> float:
        total = pairs = 0.0
        for of_source in inside:
            taken = chosen[of_source[chosen]]
            count = float(wrong[taken].sum()) * float((~wrong[taken]).sum())
            if count:
                total += count * roc_auc_score(wrong[taken], score[taken])
                pairs += count
        return total / pairs if pairs else float("nan")

    draws = [figure(drawn) for drawn in resamples(arrays.group)]
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return [round(float(v), 4) for v in (figure(np.arange(len(arrays))), low, high)]


def _by(probability: np.ndarray, arrays: Arrays, key: np.ndarray) -> Dict:
    return {
        str(name) or "unknown": figures(probability[key == name], arrays.where(key == name))
        for name in np.unique(key)
    }

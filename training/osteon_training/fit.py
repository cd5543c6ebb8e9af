"""The training loop: deterministic from a seed, resumed exactly after a kill."""

import copy
import math
import time
from contextlib import nullcontext
from typing import Dict, List, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from . import outliers, sampling
from .answers import labels, predict
from .arrays import Arrays, classes_of
from .augment import Augmentation
from .config import Config, Recipe
from .networks.base import Classifier
from .networks.finetune import freeze_norms, kernel_penalty
from .optimise import (
    averaged,
    class_weights,
    groups,
    optimiser,
    phases,
    schedule,
    soft_cross_entropy,
)
from .places import Places, as_tensors, place_loss, point_loss
from .run import Run
from .teaching import Teacher, answer_loss, map_loss

PRECISIONS = {"bf16": torch.bfloat16, "fp16": torch.float16}
OUTLIER_POOL = 400
# How much being a radiograph counts beside the class.
OUTLIER_WEIGHT = 0.5


class Fit:
    """One training of one network. State that changes is in `state()`, all of it.

    where: the training images' masks, in their order, where the recipe has a weight for them.
    """

    def __init__(
        self,
        network: Classifier,
        train: Arrays,
        val: Arrays,
        config: Config,
        where: Optional[Places] = None,
    ) -> None:
        self.network, self.train, self.val = network, train, val
        self.teaching, self.teacher = config.teaching, None
        if self.teaching.teacher:
            self.teacher = Teacher(self.teaching, train.planes.shape[1:])
        self.recipe: Recipe = config.recipe
        self.augmentation: Augmentation = config.augmentation
        torch.manual_seed(self.recipe.seed)
        self.order = np.random.default_rng(self.recipe.seed)
        self.device = next(network.parameters()).device
        classes = classes_of(train, val)
        self.weights = class_weights(train.labels, self.recipe.weights, classes).to(self.device)
        self.where = where if self.recipe.places else None
        self.times = np.ones(len(train))
        if self.recipe.sampling == "sources":
            self.times = sampling.by_source(train.labels, train.source)
        self.steps_an_epoch = math.ceil(round(self.times.sum()) / self.recipe.batch)
        self.phases = phases(self.recipe)
        self._begin(*self.phases[0])
        self.average = averaged(network, self.recipe)
        self.scaler = torch.cuda.amp.GradScaler(enabled=self.recipe.precision == "fp16")
        self.curve: List[Dict[str, float]] = []
        self.best, self.best_state = float("inf"), None
        self.outliers = self._outliers()

    def run(self, run: Optional[Run] = None) -> List[Dict[str, float]]:
        """Trains to the end, or until it gets no better, and returns the curve.

        The network is left with the weights that the recipe keeps, in eval mode.
        """
        saved = run.checkpoint() if run else None
        if saved:
            self.restore(saved)
        while len(self.curve) < self.recipe.epochs and not self._stopped():
            self._epoch(run)
            if run:
                run.save(self.state())
        self.network.load_state_dict(self._kept())
        self.network.eval()
        return self.curve

    def state(self) -> Dict:
        """Everything that the next epoch depends on."""
        return {
            "network": self.network.state_dict(),
            "average": self.average.network.state_dict() if self.average else None,
            "average_steps": self.average.steps if self.average else 0,
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "scaler": self.scaler.state_dict(),
            "order": self.order.bit_generator.state,
            "random": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
            "curve": self.curve,
            "best": self.best,
            "best_state": self.best_state,
        }

    def restore(self, saved: Dict) -> None:
        """Goes on exactly where `state` was taken."""
        self.network.load_state_dict(saved["network"])
        if self.average:
            self.average.network.load_state_dict(saved["average"])
            self.average.steps = saved["average_steps"]
        for epoch in range(len(saved["curve"])):
            self._enter(epoch)
        self.optimiser.load_state_dict(saved["optimiser"])
        self.schedule.load_state_dict(saved["schedule"])
        self.scaler.load_state_dict(saved["scaler"])
        self.order.bit_generator.state = saved["order"]
        torch.set_rng_state(saved["random"])
        if saved["cuda"] and torch.cuda.is_available():
            torch.cuda.set_rng_state_all(saved["cuda"])
        self.curve, self.best = saved["curve"], saved["best"]
        self.best_state = saved["best_state"]

    def _begin(self, stage: str, epochs: int) -> None:
        """A phase has an optimiser and a schedule of its own."""
        self.optimiser = optimiser(groups(self.network, stage, self.recipe), self.recipe)
        self.schedule = schedule(self.optimiser, self.recipe, self.steps_an_epoch * epochs)

    def _enter(self, epoch: int) -> None:
        """Begins the phase that starts with this epoch, counted from 0, if one does."""
        start = 0
        for stage, epochs in self.phases:
            if epoch == start and start:
                self._begin(stage, epochs)
            start += epochs

    def _epoch(self, run: Optional[Run]) -> None:
        start = time.monotonic()
        self._enter(len(self.curve))
        self.network.train()
        freeze_norms(self.network)
        total = 0.0
        batches = self._batches()
        for i, index in enumerate(batches):
            total += self._step(index) * len(index)
            if run:
                run.progress(len(self.curve), self.recipe.epochs, i + 1, len(batches))
        shown = self.average.network if self.average else self.network
        logits = self._validated(shown)
        truth = labels(self.val)
        val_loss = float(nn.functional.cross_entropy(logits, truth, self.weights.cpu()))
        row = {
            "epoch": len(self.curve) + 1,
            "loss": total / sum(map(len, batches)),
            "val_loss": val_loss,
            "val_accuracy": float((logits.argmax(1) == truth).float().mean()),
            "rate": self.optimiser.param_groups[0]["lr"],
            "seconds": time.monotonic() - start,
        }
        self.curve.append(row)
        if self.recipe.schedule == "plateau":
            self.schedule.step(val_loss)
        if val_loss < self.best:
            self.best = val_loss
            self.best_state = copy.deepcopy(shown.state_dict())
        if run:
            run.log(row)

    def _validated(self, network: Classifier) -> Tensor:
        """Logits float32 [N, K] of the validation images, on the CPU."""
        with self._autocast():
            return predict(network, self.val)

    def _step(self, index: np.ndarray) -> float:
        planes = torch.from_numpy(self.train.planes[index]).unsqueeze(1).to(self.device)
        target = self._target(index)
        strange = self._strange(len(index))
        x = torch.cat([planes, strange]) if len(strange) else planes
        cover, known = None, None
        if self.where is not None:
            cover, known = as_tensors(self.where.where(index), self.device)
            x, cover = self.augmentation.with_masks(x, cover)
        else:
            x = self.augmentation(x)
        n = len(index)
        if self.recipe.mixup:
            share = float(self.order.beta(self.recipe.mixup, self.recipe.mixup))
            other = torch.from_numpy(self.order.permutation(n)).to(self.device)
            x = torch.cat([share * x[:n] + (1 - share) * x[:n][other], x[n:]])
            target = share * target + (1 - share) * target[other]
            if cover is not None:
                cover, known = share * cover + (1 - share) * cover[other], known & known[other]
        logits, maps = self._forward(x)
        loss = soft_cross_entropy(logits[:n], target, self.weights, self.recipe.smoothing)
        if self.teacher:
            loss = self._taught(loss, x[:n], logits[:n], maps)
        if cover is not None:
            loss = loss + self.recipe.places * place_loss(maps[:n], cover, known)
            if self.recipe.points:
                loss = loss + self.recipe.points * point_loss(maps[:n], cover, known)
        if len(strange):
            loss = loss + OUTLIER_WEIGHT * _radiograph_loss(logits, n)
        self._descend(loss + kernel_penalty(self.network))
        return float(loss.detach())

    def _target(self, index: np.ndarray) -> Tensor:
        """float32 [N, K], 1 at the label."""
        label = torch.from_numpy(self.train.labels[index]).to(self.device)
        return nn.functional.one_hot(label, len(self.weights)).float()

    def _taught(self, loss: Tensor, x: Tensor, logits: Tensor, maps: Optional[Tensor]) -> Tensor:
        """The loss with the teacher's part in it; x float [N, 1, H, W], the changed pictures."""
        settings = self.teaching
        answers, places = self.teacher(x)
        taught = answer_loss(logits, answers, settings.temperature)
        loss = (1 - settings.share) * loss + settings.share * taught
        if settings.maps and maps is not None and places is not None:
            loss = loss + settings.maps * map_loss(maps[: len(x)], places)
        return loss

    def _forward(self, x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
        """Logits, and maps where something learns from them."""
        with self._autocast():
            features = self.network.features(self.network.normalise(x))
            logits = self.network.classify_features(features).float()
            if self.network.has_maps and (self.where is not None or self.teacher):
                return logits, self.network.activation_maps(features).float()
            return logits, None

    def _autocast(self):
        wanted = PRECISIONS.get(self.recipe.precision)
        if wanted is None:
            return nullcontext()
        return torch.autocast(self.device.type, dtype=wanted)

    def _descend(self, loss: Tensor) -> None:
        self.optimiser.zero_grad(set_to_none=True)
        self.scaler.scale(loss).backward()
        if self.recipe.clip:
            self.scaler.unscale_(self.optimiser)
            nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.scaler.step(self.optimiser)
        self.scaler.update()
        if self.recipe.schedule != "plateau":
            self.schedule.step()
        if self.average:
            self.average.update(self.network)

    def _batches(self) -> List[np.ndarray]:
        n = len(self.train)
        if self.recipe.sampling == "balanced":
            counts = np.bincount(self.train.labels)
            chance = 1.0 / counts[self.train.labels]
            chosen = self.order.choice(n, n, p=chance / chance.sum())
        elif self.recipe.sampling == "sources":
            chosen = sampling.systematic(self.times, self.order)
        else:
            chosen = self.order.permutation(n)
        return np.array_split(chosen, self.steps_an_epoch)

    def _outliers(self) -> Tensor:
        n = OUTLIER_POOL if self.recipe.outliers else 0
        height, width = self.train.planes.shape[1:]
        if not n:
            return torch.zeros(0, 1, height, width, dtype=torch.uint8)
        return torch.from_numpy(outliers.draw(n, height, width, self.recipe.seed)).unsqueeze(1)

    def _strange(self, n: int) -> Tensor:
        count = round(n * self.recipe.outliers) if len(self.outliers) else 0
        chosen = torch.from_numpy(self.order.integers(0, max(1, len(self.outliers)), count))
        return self.outliers[chosen].to(self.device)

    def _stopped(self) -> bool:
        if not self.recipe.patience or not self.curve:
            return False
        losses = [row["val_loss"] for row in self.curve]
        return len(losses) - 1 - int(np.argmin(losses)) >= self.recipe.patience

    def _kept(self) -> Dict[str, Tensor]:
        if self.recipe.keep == "best" and self.best_state is not None:
            return self.best_state
        return (self.average.network if self.average else self.network).state_dict()


def _radiograph_loss(logits: Tensor, n: int) -> Tensor:
    """The mean logit says whether a picture is a radiograph; the first n are. See `outliers.py`."""
    mean = logits.mean(1)
    truth = (torch.arange(len(logits), device=logits.device) < n).float()
    return nn.functional.binary_cross_entropy_with_logits(mean, truth)

"""Networks by name."""

from .base import Classifier
from .osteon_s import OsteonS
from .registry import build, describe, names

__all__ = ["Classifier", "OsteonS", "build", "describe", "names"]

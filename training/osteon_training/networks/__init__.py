"""Networks by name."""

from .osteon_s import OsteonS

__all__ = ["OsteonS"]

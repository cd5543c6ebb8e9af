"""The picture of a simulated day."""

from __future__ import annotations

from pathlib import Path


def _most(values, step: int, least: float = 0) -> list[float]:
    """The greatest of each `step` seconds."""
    parts = (slice(start, start + step) for start in range(0, len(values), step))
    return [max(least, *values[part]) for part in parts]


def plot(arriving: list[float], outcomes: list, path: Path) -> None:
    """Images that arrive in each second, age of the oldest image and replicas over the day."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.ticker import ScalarFormatter

    step = 300
    hours = [second / 3600 for second in range(0, len(arriving), step)]
    chart, axes = plt.subplots(3, 1, figsize=(10, 9), sharex=True)
    axes[0].plot(
        [second / 3600 for second in range(0, len(arriving), 30)], arriving[::30], color="0.4", linewidth=0.8
    )
    axes[0].set_ylabel("arrivals, images a second")
    # The first that is named lies on top: a broad line, and the other a thin one with dashes below it.
    styles = [("#0b5fa5", "-", 2.2, 3), ("#d95f02", "--", 1.0, 2)]
    for outcome, (colour, line, width, above) in zip(outcomes, styles):
        how = {"color": colour, "linestyle": line, "linewidth": width, "zorder": above, "label": outcome.name}
        axes[1].step(hours, _most(outcome.ages, step, least=1), where="post", **how)
        axes[2].step(hours, _most(outcome.replicas, step), where="post", **how)
    axes[1].set_ylabel("oldest image, s,\nworst of five minutes")
    axes[1].set_yscale("log")
    axes[1].yaxis.set_major_formatter(ScalarFormatter())
    axes[2].set_ylabel("replicas,\nmost of five minutes")
    axes[2].set_xlabel("hour of the day")
    axes[2].set_xlim(0, 24)
    axes[2].set_xticks(range(0, 25, 3))
    for each in axes:
        each.grid(alpha=0.3)
    for each in axes[1:]:
        each.legend(loc="upper right")
    chart.tight_layout()
    chart.savefig(path, dpi=110, metadata={"Software": None})

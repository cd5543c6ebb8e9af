"""A hospital day against two ways of scaling: the shipped one, and a plain HPA on lag.

Time goes in steps of one second. Images arrive, replicas that own partitions answer them, a change of
replicas is a rebalance in which no replica answers, and a new one joins only after its start-up. The
shipped policy is read from components/keda/scaled-object.yaml: what is simulated is what is deployed.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import figure

SCALED_OBJECT = Path(__file__).resolve().parent.parent / "components/keda/scaled-object.yaml"
DAY = 24 * 3600


@dataclass(frozen=True)
class World:
    """What is given. Rates in images a second, times in seconds."""

    capacity: float = 60.0
    partitions: int = 24
    startup: int = 30
    rebalance: int = 2
    marker_lag: int = 24
    base_rate: float = 12.0
    day_rate: float = 220.0
    burst_rate: float = 420.0
    burst_at: int = 10 * 3600 + 1800
    burst_for: int = 1200
    seed: int = 7


def arrivals(world: World) -> list[float]:
    """Images that arrive in each second of a day: quiet nights, two humps, and one burst."""
    rng = random.Random(world.seed)
    counts = []
    for second in range(DAY):
        hour = second / 3600
        morning = math.exp(-(((hour - 10) / 2.4) ** 2))
        afternoon = 0.75 * math.exp(-(((hour - 15) / 2.2) ** 2))
        rate = world.base_rate + world.day_rate * max(morning, afternoon)
        if world.burst_at <= second < world.burst_at + world.burst_for:
            rate += world.burst_rate
        counts.append(max(0.0, rng.gauss(rate, math.sqrt(rate))))
    return counts


@dataclass(frozen=True)
class Behaviour:
    """An HPA's behaviour: how fast up and down, and the window whose highest wish counts on the way down."""

    up_percent: int
    up_pods: int
    up_period: int
    down_percent: int
    down_period: int
    down_window: int


@dataclass(frozen=True)
class Shipped:
    """The ScaledObject's formula and behaviour."""

    steps: tuple[int, ...]
    per_replica: float
    work_off: float
    age_limit: float
    behaviour: Behaviour
    name: str = "shipped: rate, lag and age"

    def wanted(self, lag: float, rate: float, age: float, ready: int) -> int:
        more = ready + 1 if age > self.age_limit else 0
        need = max((rate + lag / self.work_off) / self.per_replica, more)
        return next((step for step in self.steps if step >= need), self.steps[-1])


@dataclass(frozen=True)
class LagOnly:
    """What a tutorial has: the group's lag over a threshold, with Kubernetes' default behaviour."""

    threshold: float
    most: int
    behaviour: Behaviour = Behaviour(100, 4, 15, 100, 15, 300)
    name: str = "HPA on lag alone"

    def wanted(self, lag: float, rate: float, age: float, ready: int) -> int:
        return max(1, min(self.most, math.ceil(lag / self.threshold)))


def shipped(path: Path = SCALED_OBJECT) -> Shipped:
    """Reads the policy from the manifest; ValueError where it no longer has the shape that is simulated."""
    text = path.read_text()
    wanted = r"max\(\(rate \+ lag / (\d+)\) / (\d+), age > (\d+) \? ready \+ 1 : 0\)"
    formula = re.search(r"find\(\[([0-9, ]+)\], # >= " + wanted + r"\) \?\? (\d+)", text)
    up = re.search(r"scaleUp:.*?Percent, value: (\d+), periodSeconds: (\d+).*?Pods, value: (\d+)", text, re.S)
    down = re.search(
        r"scaleDown:\s+stabilizationWindowSeconds: (\d+).*?Percent, value: (\d+), periodSeconds: (\d+)",
        text,
        re.S,
    )
    if not (formula and up and down):
        raise ValueError(f"{path} is not what the simulation knows: change both.")
    return Shipped(
        steps=tuple(int(n) for n in formula[1].split(",")),
        work_off=float(formula[2]),
        per_replica=float(formula[3]),
        age_limit=float(formula[4]),
        behaviour=Behaviour(int(up[1]), int(up[3]), int(up[2]), int(down[2]), int(down[3]), int(down[1])),
    )


@dataclass
class Outcome:
    """What came of a day."""

    name: str
    ages: list[float] = field(default_factory=list)
    replicas: list[int] = field(default_factory=list)
    rebalances: int = 0
    answered: float = 0.0
    left: float = 0.0

    def percentile(self, share: float) -> float:
        """Age of the oldest image, in seconds, not exceeded in this share of the day's seconds."""
        return sorted(self.ages)[min(len(self.ages) - 1, int(share * len(self.ages)))]

    def replica_hours(self) -> float:
        return sum(self.replicas) / 3600


class Replicas:
    """Those that run and those that start; each change of who owns what stops everyone for a while."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.running = 1
        self.starting: deque[int] = deque()
        self.paused_until = 0
        self.rebalances = 0

    def total(self) -> int:
        return self.running + len(self.starting)

    def scale(self, now: int, target: int) -> None:
        while self.total() < target:
            self.starting.append(now + self.world.startup)
        while self.total() > target and self.starting:
            self.starting.pop()
        if self.running > target:
            self.running = target
            self._rebalance(now)

    def advance(self, now: int) -> None:
        joined = 0
        while self.starting and self.starting[0] <= now:
            self.starting.popleft()
            joined += 1
        if joined:
            self.running += joined
            self._rebalance(now)

    def throughput(self, now: int) -> float:
        """Images a second. A replica with more partitions than another is the one that lags: it counts."""
        if now < self.paused_until:
            return 0.0
        owners = min(self.running, self.world.partitions)
        busiest = math.ceil(self.world.partitions / owners)
        return self.world.capacity * self.world.partitions / busiest

    def _rebalance(self, now: int) -> None:
        self.rebalances += 1
        self.paused_until = now + self.world.rebalance


class Autoscaler:
    """The HPA's own loop, every 15 s: the wish, damped by the behaviour."""

    def __init__(self, policy) -> None:
        self.policy = policy
        self.wishes: deque[tuple[int, int]] = deque()
        self.history: deque[tuple[int, int]] = deque()

    def target(self, now: int, current: int, wish: int) -> int:
        rule = self.policy.behaviour
        self.wishes.append((now, wish))
        while self.wishes[0][0] < now - rule.down_window:
            self.wishes.popleft()
        self.history.append((now, current))
        while self.history[0][0] < now - max(rule.up_period, rule.down_period):
            self.history.popleft()
        if wish > current:
            start = min(n for at, n in self.history if at >= now - rule.up_period)
            return min(wish, max(start + rule.up_pods, math.ceil(start * (100 + rule.up_percent) / 100)))
        highest = max(n for _, n in self.wishes)
        if highest < current:
            start = max(n for at, n in self.history if at >= now - rule.down_period)
            return max(highest, math.floor(start * (100 - rule.down_percent) / 100), 1)
        return current


def simulate(world: World, policy) -> Outcome:
    """One day. Images are answered in order of arrival, so the oldest is the head of the queue."""
    outcome = Outcome(policy.name)
    queue: deque[list[float]] = deque()
    backlog = 0.0
    replicas = Replicas(world)
    scaler = Autoscaler(policy)
    rates: deque[float] = deque(maxlen=120)
    for now, arrived in enumerate(arrivals(world)):
        replicas.advance(now)
        queue.append([now, arrived])
        backlog += arrived
        room = replicas.throughput(now)
        done = 0.0
        while queue and done < room:
            take = min(queue[0][1], room - done)
            queue[0][1] -= take
            done += take
            if queue[0][1] <= 1e-9:
                queue.popleft()
        backlog -= done
        rates.append(done)
        age = float(now - queue[0][0]) if queue else 0.0
        if now % 15 == 0:
            # Committed offsets stay one short a partition, forever, where publishers use transactions.
            lag = backlog + world.marker_lag
            wish = policy.wanted(lag, sum(rates) / len(rates), age, replicas.running)
            replicas.scale(now, scaler.target(now, replicas.total(), wish))
        outcome.ages.append(age)
        outcome.replicas.append(replicas.total())
        outcome.answered += done
    outcome.left = backlog
    outcome.rebalances = replicas.rebalances
    return outcome


def table(outcomes: list[Outcome]) -> str:
    """Markdown."""
    lines = [
        "| policy | age p50 s | p99 s | worst s | replica hours | most replicas | rebalances |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for o in outcomes:
        lines.append(
            f"| {o.name} | {o.percentile(0.5):.0f} | {o.percentile(0.99):.0f} | {max(o.ages):.0f} "
            f"| {o.replica_hours():.0f} | {max(o.replicas)} | {o.rebalances} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plot", type=Path, help="PNG to write")
    arguments = parser.parse_args()
    world = World()
    policy = shipped()
    outcomes = [simulate(world, each) for each in (policy, LagOnly(threshold=600, most=policy.steps[-1]))]
    print(table(outcomes))
    if arguments.plot:
        figure.plot(arrivals(world), outcomes, arguments.plot)


if __name__ == "__main__":
    main()

"""What the simulation promises: nothing is lost in it, it repeats, and the shipped policy earns its place."""

import math
from pathlib import Path

import pytest

import simulation
from simulation import LagOnly, Replicas, World

WORLD = World()


@pytest.fixture(scope="module")
def days():
    policy = simulation.shipped()
    return [simulation.simulate(WORLD, p) for p in (policy, LagOnly(600, policy.steps[-1]))]


def test_every_image_is_answered_or_still_there(days):
    arrived = sum(simulation.arrivals(WORLD))
    for day in days:
        assert math.isclose(day.answered + day.left, arrived, rel_tol=1e-9)


def test_a_day_repeats(days):
    again = simulation.simulate(WORLD, simulation.shipped())
    assert again.ages == days[0].ages and again.replicas == days[0].replicas


def test_the_shipped_policy_is_younger_cheaper_and_calmer_than_lag_alone(days):
    shipped, lag_only = days
    assert shipped.percentile(0.99) < lag_only.percentile(0.99)
    assert shipped.replica_hours() < lag_only.replica_hours()
    assert shipped.rebalances * 10 < lag_only.rebalances


def test_lag_of_transaction_markers_alone_adds_no_replica():
    policy = simulation.shipped()
    assert policy.wanted(lag=WORLD.marker_lag, rate=0, age=0, ready=1) == 1


def test_age_alone_adds_a_replica_where_capacity_is_overestimated():
    policy = simulation.shipped()
    slow = World(capacity=20, burst_rate=0, day_rate=100)
    assert policy.wanted(lag=0, rate=10, age=policy.age_limit + 1, ready=4) > 4
    assert simulation.simulate(slow, policy).percentile(0.99) < 300


def test_every_step_divides_the_partitions():
    assert all(WORLD.partitions % step == 0 for step in simulation.shipped().steps)


def test_a_rebalance_stops_everyone_for_a_while():
    replicas = Replicas(WORLD)
    replicas.scale(0, 2)
    replicas.advance(WORLD.startup)
    assert replicas.running == 2
    assert replicas.throughput(WORLD.startup) == 0
    assert replicas.throughput(WORLD.startup + WORLD.rebalance) == 2 * WORLD.capacity


def test_five_replicas_of_24_partitions_are_no_faster_than_their_busiest():
    replicas = Replicas(WORLD)
    replicas.running = 5
    assert replicas.throughput(0) == WORLD.capacity * 24 / 5


def test_a_manifest_of_another_shape_is_refused(tmp_path: Path):
    other = tmp_path / "scaled-object.yaml"
    other.write_text(simulation.SCALED_OBJECT.read_text().replace("/ 60) / 60", "/ 60) * 60"))
    with pytest.raises(ValueError, match="change both"):
        simulation.shipped(other)


def test_the_page_shows_what_comes_out(days):
    page = Path(__file__).resolve().parents[2] / "docs" / "scaling.md"
    assert simulation.table(days) in page.read_text()

package org.osteon.topology.commit;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes a {@link CommitBarrier} for each task: no changelog, no cache, nothing on disk. */
public final class CommitBarrierBuilder implements StoreBuilder<CommitBarrier> {
  private final Supplier<CommitBarrier> barriers;

  public CommitBarrierBuilder(Supplier<CommitBarrier> barriers) {
    this.barriers = barriers;
  }

  @Override
  public CommitBarrier build() {
    return barriers.get();
  }

  @Override
  public String name() {
    return CommitBarrier.NAME;
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public StoreBuilder<CommitBarrier> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommitBarrier> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommitBarrier> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<CommitBarrier> withLoggingDisabled() {
    return this;
  }
}

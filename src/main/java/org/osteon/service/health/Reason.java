package org.osteon.service.health;

/**
 * Why a replica is not ready, or not alive.
 *
 * @param code stable, for a machine
 * @param message one sentence, for a person
 */
public record Reason(Code code, String message) {
  /** What is told apart. */
  public enum Code {
    /** It cannot go on; only a restart or a person helps. */
    STOPPED,
    /** It hands its partitions over and ends. */
    DRAINING,
    /** The model is being loaded, checked and warmed. */
    MODEL_COLD,
    /** The device hangs or is lost. */
    DEVICE,
    /** The schema registry does not answer. */
    REGISTRY_AWAY,
    /** A store of images does not answer. */
    STORE_AWAY,
    /** No broker answers. */
    BROKER_AWAY,
    /** Kafka Streams starts, rebalances, restores or has ended. */
    STREAMS,
    /** It runs, and owns no partition. */
    NO_ASSIGNMENT,
    /** It owns backlog, everything it needs answers, and nothing was answered for too long. */
    STUCK
  }
}

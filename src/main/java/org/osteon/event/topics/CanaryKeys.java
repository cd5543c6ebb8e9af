package org.osteon.event.topics;

import org.osteon.event.ModelDeployment;

/**
 * Keys in {@code topics.models} that say how a canary stands and how it ended. Each names the one
 * deployment it is about, by digest and time: what is written late is about that one and no other.
 */
final class CanaryKeys {
  private static final String DECISION = "canary-decision/";
  private static final String STANDING = "canary-standing/";

  private CanaryKeys() {}

  static String decision(ModelDeployment canary) {
    return DECISION + named(canary);
  }

  static String standing(ModelDeployment canary, String replica) {
    return STANDING + named(canary) + "/" + replica;
  }

  static boolean isDecision(String key) {
    return key.startsWith(DECISION);
  }

  static boolean isStanding(String key, ModelDeployment canary) {
    return key.startsWith(STANDING + named(canary) + "/");
  }

  /** Whether it is about another deployment than this one. */
  static boolean isOfAnother(String key, ModelDeployment canary) {
    return (isDecision(key) && !key.equals(decision(canary)))
        || (key.startsWith(STANDING) && !isStanding(key, canary));
  }

  private static String named(ModelDeployment canary) {
    return canary.getSha256() + "/" + canary.getDeployedAt().toEpochMilli();
  }
}

package org.osteon.deliver.destination;

import java.util.Set;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;

/**
 * What a target wants.
 *
 * @param least finding
 * @param facilities whose; empty for everybody's
 * @param settled whether what raises no alert waits until its study is settled
 */
public record Rule(Finding least, Set<String> facilities, boolean settled) {
  /** Whether it wants that one. */
  public boolean wants(ClassificationResult result) {
    return result.getFinding().compareTo(least) >= 0
        && (facilities.isEmpty() || facilities.contains(result.getFacility()));
  }
}

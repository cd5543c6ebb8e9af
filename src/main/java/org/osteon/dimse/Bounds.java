package org.osteon.dimse;

import org.osteon.limit.LogLines;
import org.osteon.limit.PeerQuota;
import org.osteon.limit.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all associations share.
 *
 * @param associations that were accepted
 * @param dataSets that are in memory
 * @param watchdog ends what outlives its deadline below the protocol, in TLS or in writing
 * @param log lines that peers may cause
 */
record Bounds(PeerQuota associations, PeerQuota dataSets, Watchdog watchdog, LogLines log) {
  private static final Logger LOG = LoggerFactory.getLogger(Bounds.class);

  /** Writes a line about a peer, unless there were too many within this second. */
  void say(Runnable line) {
    if (log.allows(unsaid -> LOG.warn("{} lines about peers were not written", unsaid))) {
      line.run();
    }
  }
}

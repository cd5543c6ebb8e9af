package org.osteon.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.osteon.event.Identity;
import org.osteon.event.KafkaFault;

/**
 * Deletes identities: a tombstone for each image, so that compaction removes what was sealed. Until
 * then the log still holds the sealed bytes, and no reader gives them out any more.
 */
public final class Forgetting {
  private final Identities identities;
  private final IdentityPublisher publisher;

  public Forgetting(Identities identities, IdentityPublisher publisher) {
    this.identities = identities;
    this.publisher = publisher;
  }

  /**
   * A patient's, whichever of the two one knows.
   *
   * @param patient the patient's pseudonym
   * @return images whose identity was deleted, or would be
   */
  public int patient(String patient, boolean dryRun) {
    return all((key, identity) -> patient.equals(identity.getPatientPseudonym()), dryRun);
  }

  /**
   * A study's.
   *
   * @param study its pseudonymous UID
   */
  public int study(String study, boolean dryRun) {
    return all((key, identity) -> study.equals(identity.getStudyInstanceUid()), dryRun);
  }

  /** All that were written before then. */
  public int before(Instant then, boolean dryRun) {
    return all((key, identity) -> identity.getWrittenAt().isBefore(then), dryRun);
  }

  private int all(BiPredicate<String, Identity> which, boolean dryRun) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    int found = 0;
    for (Map.Entry<String, Identity> each : identities.all().entrySet()) {
      if (which.test(each.getKey(), each.getValue())) {
        found++;
        if (!dryRun) {
          sent.add(publisher.forget(each.getKey()));
        }
      }
    }
    sent.forEach(each -> KafkaFault.get("delete an identity", each));
    return found;
  }
}

package org.osteon.testing.hospital;

import static org.awaitility.Awaitility.await;

import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.osteon.config.Settings;

/** What brokers say of transactions. */
public final class Transactions {
  private static final Set<TransactionState> AT_REST =
      Set.of(
          TransactionState.EMPTY,
          TransactionState.COMPLETE_COMMIT,
          TransactionState.COMPLETE_ABORT);

  private Transactions() {}

  /**
   * Waits until none is open or being ended, so that a broker may be killed which is the only one
   * to have its partitions: Kafka 4.3.1 forgets to mark a transaction there whose end it had begun
   * (docs/guarantees.md), and no service can mend that.
   */
  public static void awaitRest(Settings settings) {
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      await("transactions to end")
          .until(
              () ->
                  admin.listTransactions().all().get().stream()
                      .map(TransactionListing::state)
                      .allMatch(AT_REST::contains));
    }
  }
}

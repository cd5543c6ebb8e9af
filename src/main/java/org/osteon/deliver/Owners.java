package org.osteon.deliver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DicomUid;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;

/**
 * Finds whose a result is. Without identities, for publishers that send real UIDs, the result's
 * own.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class Owners {
  private final @Nullable Identities identities;

  /**
   * @param identities null where nothing was replaced
   */
  Owners(@Nullable Identities identities) {
    this.identities = identities;
  }

  /**
   * @param timestamp of the result's record
   * @return empty where it is not known, or was deleted
   * @throws IdentitySeal.UnopenedException it is known, and no key opens it
   * @throws org.apache.kafka.common.KafkaException the brokers do not answer
   */
  Optional<Delivery> delivery(ClassificationResult result, long timestamp)
      throws IdentitySeal.UnopenedException {
    String instance = result.getSopInstanceUid() == null ? "" : result.getSopInstanceUid();
    Optional<Original> original =
        identities == null
            ? Optional.of(own(result))
            : identities.of(result.getStudyInstanceUid(), instance);
    Map<Integer, String> order = order(result);
    return original.map(
        whose -> new Delivery(result, filled(whose, result).with(order), timestamp));
  }

  /**
   * The numbers of its order; none where they were not kept, or were deleted. A result is not held
   * back for them, and their pseudonym means nothing outside.
   */
  private Map<Integer, String> order(ClassificationResult result) {
    String number = result.getOrderNumber();
    if (number == null) {
      return Map.of();
    }
    if (identities == null) {
      return Map.of(Original.PLACER_ORDER_NUMBER, number);
    }
    try {
      return identities.ofOrder(number).map(Original::attributes).orElse(Map.of());
    } catch (IdentitySeal.UnopenedException e) {
      return Map.of();
    }
  }

  private static Original own(ClassificationResult result) {
    Map<Integer, String> attributes = new TreeMap<>();
    if (result.getAccessionNumber() != null) {
      attributes.put(Original.ACCESSION_NUMBER, result.getAccessionNumber());
    }
    if (result.getPatientPseudonym() != null) {
      attributes.put(Original.PATIENT_ID, result.getPatientPseudonym());
    }
    return new Original(
        result.getStudyInstanceUid(),
        result.getSeriesInstanceUid() == null ? "" : result.getSeriesInstanceUid(),
        result.getSopInstanceUid() == null ? "" : result.getSopInstanceUid(),
        "",
        attributes);
  }

  /** A picture that came without UIDs of its own gets what its event got. */
  private static Original filled(Original whose, ClassificationResult result) {
    if (!whose.seriesUid().isEmpty() && !whose.instanceUid().isEmpty()) {
      return whose;
    }
    String instance = result.getSopInstanceUid();
    return new Original(
        whose.studyUid(),
        whose.seriesUid().isEmpty() ? DicomUid.of("series:" + whose.studyUid()) : whose.seriesUid(),
        !whose.instanceUid().isEmpty()
            ? whose.instanceUid()
            : instance == null ? DicomUid.of("instance:" + result.getEventId()) : instance,
        whose.sopClass(),
        whose.attributes());
  }
}

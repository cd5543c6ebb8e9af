package org.osteon.dimse;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.AssociateRequest.Context;
import org.osteon.dimse.pdu.Items;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.Pdu.Rejection;
import org.osteon.dimse.pdu.Uid;

/**
 * What of a request is accepted, and the A-ASSOCIATE-AC that says so (PS3.8 section 9.3.3).
 *
 * @param accepted by the contexts' ids
 * @param sopClasses that may be stored
 */
record Negotiation(
    AssociateRequest request, Map<Integer, Accepted> accepted, Set<String> sopClasses) {
  private static final int NO_ABSTRACT_SYNTAX = 3;
  private static final int NO_TRANSFER_SYNTAX = 4;

  /** An accepted context. */
  record Accepted(String abstractSyntax, String transferSyntax) {}

  /**
   * @param sopClasses that may be stored
   * @param transferSyntaxes that may be stored
   */
  static Negotiation of(
      AssociateRequest request, Set<String> sopClasses, Set<String> transferSyntaxes) {
    Map<Integer, Accepted> accepted = new TreeMap<>();
    for (Context each : request.contexts()) {
      boolean echo = each.abstractSyntax().equals(Uid.VERIFICATION);
      if (!echo && !sopClasses.contains(each.abstractSyntax())) {
        continue;
      }
      // The one that the sender names first: what it need not convert, it cannot spoil.
      each.transferSyntaxes().stream()
          .filter(transferSyntaxes::contains)
          .findFirst()
          .ifPresent(s -> accepted.put(each.id(), new Accepted(each.abstractSyntax(), s)));
    }
    return new Negotiation(request, accepted, sopClasses);
  }

  /**
   * Why a request is not granted at all; null where it is.
   *
   * @param address whose it is
   */
  static @Nullable Rejection rejection(
      AssociateRequest request, ScpSettings settings, InetAddress address) {
    if ((request.version() & 1) == 0) {
      return Rejection.PROTOCOL_VERSION;
    }
    if (!request.applicationContext().equals(Uid.APPLICATION_CONTEXT)) {
      return Rejection.APPLICATION_CONTEXT;
    }
    if (!settings.titles().contains(request.called())) {
      return Rejection.CALLED_TITLE;
    }
    return settings.peers().allowed(request.calling(), address) ? null : Rejection.CALLING_TITLE;
  }

  byte[] accept() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 0, 0});
    body.writeBytes(Items.title(request.called()));
    body.writeBytes(Items.title(request.calling()));
    body.writeBytes(new byte[32]);
    body.writeBytes(Items.item(0x10, Items.ascii(Uid.APPLICATION_CONTEXT)));
    for (Context each : request.contexts()) {
      body.writeBytes(Items.item(0x21, answer(each)));
    }
    body.writeBytes(Items.item(0x50, information()));
    return Pdu.bytes(Pdu.ASSOCIATE_AC, body.toByteArray());
  }

  /** The peer that reports is the provider and still asks: its role is granted (annex D.3.3.4). */
  private byte[] information() {
    ByteArrayOutputStream information = new ByteArrayOutputStream();
    information.writeBytes(Items.userInformation());
    if (accepted.values().stream()
        .anyMatch(each -> each.abstractSyntax().equals(Commitment.SOP_CLASS))) {
      information.writeBytes(Items.providerRole(Commitment.SOP_CLASS));
    }
    return information.toByteArray();
  }

  private byte[] answer(Context context) {
    Accepted chosen = accepted.get(context.id());
    boolean known =
        sopClasses.contains(context.abstractSyntax())
            || context.abstractSyntax().equals(Uid.VERIFICATION);
    int result = chosen != null ? 0 : known ? NO_TRANSFER_SYNTAX : NO_ABSTRACT_SYNTAX;
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(new byte[] {(byte) context.id(), 0, (byte) result, 0});
    // Not significant where it is refused, but it must be there.
    String syntax = chosen == null ? Uid.IMPLICIT_LITTLE_ENDIAN : chosen.transferSyntax();
    answer.writeBytes(Items.item(0x40, Items.ascii(syntax)));
    return answer.toByteArray();
  }
}

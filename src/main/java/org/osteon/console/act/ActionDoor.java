package org.osteon.console.act;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.osteon.client.OperationFailedException;
import org.osteon.event.AuditOutcome;
import org.osteon.event.KafkaFault;
import org.osteon.http.HttpDoor;

/**
 * Lets a form act, where it comes from this page and shows the token. What is done is written to
 * the audit before and after; what cannot be written is not done.
 *
 * <p><b>Threading.</b> Any thread.
 */
public final class ActionDoor {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final WriteGuard guard;
  private final Audit audit;

  /**
   * @param guard lets requests pass
   * @param audit is told of what is done
   */
  public ActionDoor(WriteGuard guard, Audit audit) {
    this.guard = guard;
    this.audit = audit;
  }

  /** A handler for the forms of one path. */
  public HttpHandler to(Action action) {
    return exchange -> handle(exchange, action);
  }

  private void handle(HttpExchange exchange, Action action) throws IOException {
    Form form = Form.of(exchange);
    WriteGuard.Refusal refusal = guard.refusal(exchange.getRequestHeaders(), form.get("token"));
    if (refusal == null && !form.saysWho()) {
      refusal = new WriteGuard.Refusal(400, "Give who you are.");
    }
    if (refusal != null) {
      refuse(exchange, form, refusal);
      return;
    }
    Action.Planned planned;
    try {
      planned = action.plan(form);
    } catch (Action.RefusedException e) {
      refuse(exchange, form, new WriteGuard.Refusal(400, String.valueOf(e.getMessage())));
      return;
    }
    run(exchange, form, planned);
  }

  private void refuse(HttpExchange exchange, Form form, WriteGuard.Refusal refusal)
      throws IOException {
    audit.refused(exchange.getRequestURI().getPath(), refusal.status(), form.from());
    HttpDoor.answer(exchange, refusal.status(), TEXT, refusal.why() + "\n");
  }

  private void run(HttpExchange exchange, Form form, Action.Planned planned) throws IOException {
    Audit.Begun begun;
    try {
      begun = audit.begin(planned, form.get("who"), form.from());
    } catch (KafkaFault e) {
      HttpDoor.answer(
          exchange, 503, TEXT, "Nothing was done: it could not be written to the audit.\n");
      return;
    }
    try {
      String said = planned.work().run();
      audit.end(begun, AuditOutcome.DONE, said);
      HttpDoor.answer(exchange, 200, TEXT, said + "\n");
    } catch (KafkaFault | OperationFailedException e) {
      audit.end(begun, AuditOutcome.FAILED, String.valueOf(e.getMessage()));
      HttpDoor.answer(exchange, 503, TEXT, "It is not done: " + e.getMessage() + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

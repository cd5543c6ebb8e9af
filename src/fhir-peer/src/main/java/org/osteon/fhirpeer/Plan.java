package org.osteon.fhirpeer;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What goes wrong, and when. Each request is a line of a file before anything comes of it, so that
 * a restart goes on where it was.
 */
final class Plan implements Filter {
  static final String LOST = "lost";

  private final Path log;
  private final List<String> plan;

  Plan(Path log, List<String> plan) {
    this.log = log;
    this.plan = plan;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
      throws IOException, ServletException {
    if (!((HttpServletRequest) request).getMethod().equals("POST")) {
      next.doFilter(request, response);
      return;
    }
    String verdict = verdict();
    if (verdict.matches("\\d{3}")) {
      ((HttpServletResponse) response).sendError(Integer.parseInt(verdict));
      return;
    }
    request.setAttribute(LOST, verdict.equals(LOST));
    next.doFilter(request, response);
  }

  private synchronized String verdict() throws IOException {
    int before = Files.exists(log) ? Files.readAllLines(log).size() : 0;
    String verdict = before < plan.size() ? plan.get(before) : "ok";
    Files.writeString(
        log,
        verdict + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return verdict;
  }
}

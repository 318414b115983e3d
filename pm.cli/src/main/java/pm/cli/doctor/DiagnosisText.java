package pm.cli.doctor;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import pm.api.BackendReport;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;

/** A diagnosis for people: a word in the first column, what was found in the second. */
final class DiagnosisText {
    private final StringBuilder text = new StringBuilder();

    private DiagnosisText() {}

    static String of(Diagnosis diagnosis) {
        DiagnosisText page = new DiagnosisText();
        Diagnosis.versions().forEach(page::line);
        page.backend(diagnosis.backend());
        page.gap();
        page.limits(diagnosis.capabilities());
        page.gap();
        page.health(diagnosis.health());
        return page.text.toString();
    }

    private void backend(BackendReport backend) {
        line("backend", backend.name() + ": " + backend.reason());
        line("containment", backend.containment());
        backend.facts().forEach(fact -> line("", fact));
        for (BackendReport.Refusal refusal : backend.refused()) {
            line("refused", refusal.name() + ": " + String.join("; ", refusal.reasons()));
        }
    }

    private void limits(Capabilities capabilities) {
        Map<Capabilities.Support, String> said = new HashMap<>();
        for (LimitKind kind : LimitKind.values()) {
            Capabilities.Support support = capabilities.of(kind);
            String before = said.putIfAbsent(support, kind.label());
            String reason = before == null ? support.reason() : "as " + before;
            line(kind.label(), support.level().name().toLowerCase(Locale.ROOT) + ": " + reason);
        }
    }

    private void health(Health health) {
        for (Health.Check check : health.checks()) {
            line(check.name(), check.status().name().toLowerCase(Locale.ROOT) + ": " + check.detail());
        }
    }

    private void gap() {
        text.append(System.lineSeparator());
    }

    private void line(String word, String found) {
        text.append(String.format(Locale.ROOT, "%-19s %s%n", word, found));
    }
}

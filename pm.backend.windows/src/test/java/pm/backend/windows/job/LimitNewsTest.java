package pm.backend.windows.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.LimitViolation;

class LimitNewsTest {
    private final List<LimitViolation> heard = new ArrayList<>();
    private final LimitNews news = new LimitNews(heard::add);

    @Test
    void messagesOfLimitsAreCountedByKind() {
        news.told(LimitNews.ACTIVE_PROCESS_LIMIT, 0);
        news.told(LimitNews.JOB_MEMORY_LIMIT, 4711);
        news.told(LimitNews.PROCESS_MEMORY_LIMIT, 4712);
        news.told(LimitNews.ACTIVE_PROCESS_LIMIT, 0);
        assertThat(heard).extracting(LimitViolation::times).containsExactly(1L, 1L, 1L, 2L);
        assertThat(news.met())
                .extracting(LimitViolation::kind)
                .containsExactly(LimitKind.MEMORY, LimitKind.PROCESSES, LimitKind.PROCESS_MEMORY);
        assertThat(news.met().get(0).detail()).contains("4711");
        assertThat(news.met().get(1).times()).isEqualTo(2);
        assertThat(news.met().get(2).detail()).contains("4712");
    }

    @Test
    void otherMessagesAreNone() {
        for (int message : new int[] {1, 2, 4, 6, 7, 8, 11}) {
            news.told(message, 1);
        }
        assertThat(heard).isEmpty();
        assertThat(news.met()).isEmpty();
    }
}

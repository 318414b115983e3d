package pm.backend.windows.stop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pm.api.Signal;
import pm.backend.windows.stop.TreeConsoles.Answer;

class StopRequestTest {
    @ParameterizedTest
    @CsvSource({
        "TERM,STOP",
        "INT,STOP",
        "HUP,STOP",
        "QUIT,BREAK",
        "KILL,KILL",
        "STOP,SUSPEND",
        "CONT,RESUME",
        "USR1,NONE",
        "USR2,NONE"
    })
    void everySignalIsTheNearestThing(Signal signal, StopRequest request) {
        assertThat(StopRequest.of(signal)).isEqualTo(request);
    }

    @Test
    void whatTheHelperExitsWithIsAnAnswer() {
        assertThat(Answer.of(0)).isEqualTo(Answer.HEARD);
        assertThat(Answer.of(1)).isEqualTo(Answer.NOBODY);
        assertThat(Answer.of(3)).isEqualTo(Answer.STRANGERS);
        assertThat(Answer.of(0xc0000005)).isEqualTo(Answer.REFUSED);
        assertThat(Answer.of(1460)).isEqualTo(Answer.REFUSED);
    }
}

package io.mlpool.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpInputMessage;
import org.springframework.mock.http.MockHttpInputMessage;

class KeptBodiesTest {

    @Test
    void bodyOfAMegabyteCanBeReadTwice() throws IOException {
        byte[] body = new byte[KeptBodies.MOST_BYTES];

        HttpInputMessage kept = KeptBodies.kept(new MockHttpInputMessage(body), String.class);

        assertThat(kept.getBody()).hasBinaryContent(body);
        assertThat(kept.getBody()).hasBinaryContent(body);
    }

    @Test
    void largerBodyIsNotKeptAndReadOnceToItsEnd() throws IOException {
        byte[] body = new byte[KeptBodies.MOST_BYTES + 100];
        body[body.length - 1] = 7;

        HttpInputMessage kept = KeptBodies.kept(new MockHttpInputMessage(body), String.class);

        assertThat(kept).isNotInstanceOf(KeptBody.class);
        assertThat(kept.getBody()).hasBinaryContent(body);
        assertThat(kept.getBody().read()).isEqualTo(-1);
    }
}

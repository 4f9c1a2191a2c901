package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkspaceNameTest {

    @Test
    void theDefaultIsThereFromTheFirstUse() {
        assertThat(WorkspaceName.DEFAULT.value()).isEqualTo("default");
    }

    @Test
    void refusesWhatIsNoLowerCaseName() {
        assertThatThrownBy(() -> new WorkspaceName("Big")).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> new WorkspaceName("../up")).isInstanceOf(EsteiraException.class);
    }
}

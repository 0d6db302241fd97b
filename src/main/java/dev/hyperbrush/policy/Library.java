package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.List;

/** What there are names of. */
public enum Library {
  MODELS(ReasonCode.MODEL_NOT_ALLOWED_HERE) {
    @Override
    public List<String> names(Choices choices) {
      return choices.modelIds();
    }

    @Override
    public String find(Choices choices, String name) {
      return choices.model(name).id();
    }
  },
  LORAS(ReasonCode.LORA_NOT_ALLOWED_HERE) {
    @Override
    public List<String> names(Choices choices) {
      return choices.loras();
    }

    @Override
    public String find(Choices choices, String name) {
      return choices.lora(name);
    }
  },
  SCHEDULERS(ReasonCode.SCHEDULER_NOT_ALLOWED_HERE) {
    @Override
    public List<String> names(Choices choices) {
      return choices.schedulers();
    }

    @Override
    public String find(Choices choices, String name) {
      return choices.scheduler(name);
    }
  };

  private final ReasonCode notAllowed;

  Library(ReasonCode notAllowed) {
    this.notAllowed = notAllowed;
  }

  /** What is installed. */
  public abstract List<String> names(Choices choices);

  /** Whether something of this name is installed. */
  public boolean knows(Choices choices, String name) {
    try {
      find(choices, name);
      return true;
    } catch (Refusal unknown) {
      return false;
    }
  }

  /** The name as it is installed. */
  abstract String find(Choices choices, String name);

  /** Why one that is installed is refused. */
  ReasonCode notAllowed() {
    return notAllowed;
  }
}

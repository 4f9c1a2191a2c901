package dev.esteira.cli;

import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/** Makes commands and gives each what it needs. */
final class Commands implements CommandLine.IFactory {

    private final CommandContext context;

    Commands(CommandContext context) {
        this.context = context;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (!Command.class.isAssignableFrom(type)) {
            return CommandLine.defaultFactory().create(type);
        }
        try {
            var made = type.getDeclaredConstructor().newInstance();
            ((Command) made).context = context;
            return made;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The command " + type.getSimpleName() + " cannot be made", e);
        }
    }
}

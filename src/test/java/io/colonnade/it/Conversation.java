package io.colonnade.it;

import io.colonnade.it.harness.Node;
import java.io.IOException;

/**
 * What a client does on one connection.
 *
 * @param status that the last response must have, which shows that the conversation is what its name says; 0 if there is no response
 */
record Conversation(String name, int status, Script script) {
    /** Sends and reads. */
    interface Script {
        void run(Dialogue dialogue) throws IOException;
    }

    /** A request that is sent at once, and its response. */
    static Conversation single(String name, int status, String request) {
        return new Conversation(name, status, dialogue -> dialogue.say(request)
                .hear(request.startsWith("HEAD "))
                .probe());
    }

    Dialogue with(Node node) throws IOException {
        try (var dialogue = new Dialogue(node)) {
            script.run(dialogue);
            return dialogue;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

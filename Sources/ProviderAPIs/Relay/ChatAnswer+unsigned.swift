package import GatewayCore

extension ChatAnswer {
    /// The same without what proves thoughts, or hides them for their provider alone: such proofs hold for the
    /// conversation they were made in, and a provider refuses the next turn of any other that brings one. Texts of
    /// thoughts stay.
    package var unsigned: ChatAnswer {
        guard let root = try? JSONDocument(json).root, let choices = root["choices"] else { return self }
        var splice = JSONSplice(root.document)
        var isSigned = false
        for choice in choices.elements {
            guard let message = choice["message"], message.members.contains(where: { Self.proofs.contains($0.name) })
            else { continue }
            isSigned = true
            splice.remove(Self.proofs, of: message)
        }
        guard isSigned else { return self }
        return ChatAnswer(
            json: splice.apply(), model: model, usage: usage, finishReasons: finishReasons,
            hasToolCalls: hasToolCalls, hasRefusal: hasRefusal, isComplete: isComplete, text: text,
            nativeFinish: nativeFinish)
    }

    /// The gateway's own, and LiteLLM's; OpenRouter's; Google's.
    private static let proofs: Set<String> = [
        "thinking_blocks", "reasoning_details", "extra_content", "provider_specific_fields",
    ]
}

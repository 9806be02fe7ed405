/// What of a Messages request the form between all dialects takes over wholly.
enum MessagesShape {
    /// Members of a request that cannot change an answer, or that are given to the digest by themselves (`model`).
    static let ignored: Set<String> = ["model", "metadata", "stream", "service_tier"]

    static let request = JSONShape.members([
        "model": .plain, "metadata": .any, "stream": .plain, "service_tier": .plain, "max_tokens": .plain,
        "temperature": .plain, "top_p": .plain, "top_k": .plain, "stop_sequences": .list(.plain),
        "system": .either([.plain, .list(text)]),
        // Histories with calls are left out: their blocks may stand in any order, and are put into another.
        "messages": .list(.members(["role": .plain, "content": .either([.plain, .list(.either([text, image]))])])),
        "tools": .list(tool),
        "tool_choice": .members(["type": .plain, "name": .plain, "disable_parallel_tool_use": .plain]),
        "thinking": .either([
            .members(["type": .word("enabled"), "budget_tokens": .plain, "display": .plain]),
            .members(["type": .word("adaptive"), "display": .plain]), .members(["type": .word("disabled")]),
        ]),
        "output_config": .members(["effort": .plain, "format": format]),
    ])

    private static let mark = JSONShape.members(["type": .plain, "ttl": .plain])

    private static let text = JSONShape.members([
        "type": .word("text"), "text": .plain, "cache_control": mark, "citations": .nothing,
    ])

    private static let image = JSONShape.members([
        "type": .word("image"), "cache_control": mark,
        "source": .either([
            .members(["type": .word("base64"), "media_type": .plain, "data": .plain]),
            .members(["type": .word("url"), "url": .plain]),
        ]),
    ])

    private static let tool = JSONShape.members([
        "type": .word("custom"), "name": .plain, "description": .plain, "input_schema": .any, "strict": .plain,
        "cache_control": mark,
    ])

    private static let format = JSONShape.members(["type": .plain, "schema": .any])
}

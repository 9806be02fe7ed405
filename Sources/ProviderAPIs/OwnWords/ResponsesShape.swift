internal import GatewayCore

/// What of a request of the Responses API the form between all dialects takes over wholly.
enum ResponsesShape {
    /// Members of a request that cannot change an answer, or that are given to the digest by themselves (`model`).
    static let ignored: Set<String> = [
        "model", "user", "metadata", "stream", "stream_options", "store", "service_tier", "safety_identifier",
        "prompt_cache_key", "prompt_cache_retention",
    ]

    static func holds(_ root: JSONElement) -> Bool { request.holds(root) && !repeatsSpeaker(root["input"]) }

    /// Items of the model in a row become one turn: where one ends and the next begins is lost.
    private static func repeatsSpeaker(_ input: JSONElement?) -> Bool {
        var wasModel = false
        for item in input?.elements.map({ $0 }) ?? [] {
            let isModel = item["role"]?.string == "assistant"
            if wasModel, isModel { return true }
            wasModel = isModel
        }
        return false
    }

    private static let request = JSONShape.members([
        "model": .plain, "user": .plain, "metadata": .any, "stream": .plain, "stream_options": .any, "store": .plain,
        "service_tier": .plain, "safety_identifier": .plain, "prompt_cache_key": .plain,
        "prompt_cache_retention": .plain, "instructions": .plain, "background": .plain,
        "input": .either([.plain, .list(message)]), "tools": .list(tool), "parallel_tool_calls": .plain,
        "tool_choice": .either([.plain, .members(["type": .word("function"), "name": .plain])]),
        "text": .members(["format": format, "verbosity": .plain]),
        "reasoning": .members(["effort": .plain, "summary": .word("auto")]),
        "max_output_tokens": .plain, "temperature": .plain, "top_p": .plain, "top_logprobs": .plain,
        "truncation": .plain,
    ])

    /// The id and the state of an item are those of an earlier answer, and mean nothing to a model.
    private static let message = JSONShape.members([
        "type": .word("message"), "role": .plain, "id": .plain, "status": .plain,
        "content": .either([.plain, .list(.either([text, spoken, image, linked]))]),
    ])

    private static let text = JSONShape.members(["type": .word("input_text"), "text": .plain])

    private static let spoken = JSONShape.members([
        "type": .word("output_text"), "text": .plain, "annotations": .nothing, "logprobs": .nothing,
    ])

    private static let image = JSONShape.members([
        "type": .word("input_image"), "image_url": .plain, "detail": .plain,
    ])

    private static let linked = JSONShape.members([
        "type": .word("input_file"), "file_data": .plain, "filename": .plain,
    ])

    private static let tool = JSONShape.members([
        "type": .word("function"), "name": .plain, "description": .plain, "parameters": .any, "strict": .plain,
    ])

    private static let format = JSONShape.members([
        "type": .plain, "name": .plain, "description": .plain, "schema": .any, "strict": .plain,
    ])
}
